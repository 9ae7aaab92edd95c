// @ts-check
// The rules of Prometheus and Loki. Loki has no external labels for the texts of alerts, so that addresses stand there as they are.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { withLines } from './lines.mjs';

const PROMETHEUS = 'observability/prometheus/prometheus.yml';
/** The folder of the one tenant there is. */
export const LOKI_RULES = 'observability/loki/rules/fake';

/**
 * @typedef {object} Rule
 * @property {'alert' | 'record'} kind
 * @property {string} name
 * @property {string} where File and line.
 * @property {string} expr
 * @property {Record<string, string>} labels
 * @property {Record<string, string>} annotations
 */

/**
 * @param {string} file
 * @returns {Rule[]}
 */
export function readRules(file) {
  const { value, where } = withLines(readFileSync(file, 'utf8'), file);
  const { groups = [] } = value ?? {};
  return groups.flatMap((/** @type {any} */ { rules = [] }, /** @type {number} */ group) =>
    rules.map((/** @type {any} */ rule, /** @type {number} */ index) => ({
      kind: rule.alert ? 'alert' : 'record',
      name: rule.alert ?? rule.record,
      where: where(['groups', group, 'rules', index]),
      expr: rule.expr ?? '',
      labels: rule.labels ?? {},
      annotations: rule.annotations ?? {},
    })),
  );
}

/**
 * Texts with the external labels of Prometheus where their values stand: what is left is not the same address.
 *
 * @param {Record<string, string>} annotations
 * @returns {Record<string, string>}
 */
export function withExternalLabels(annotations) {
  const { external_labels: external } = parse(readFileSync(PROMETHEUS, 'utf8')).global;
  return Object.fromEntries(
    Object.entries(annotations).map(([key, text]) => [
      key,
      Object.entries(external).reduce(
        (done, [label, value]) => done.replace(String(value), `{{ $externalLabels.${label} }}`),
        text,
      ),
    ]),
  );
}
