// @ts-check
// What every alert needs to be of use, as problems that name file and line.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';

const RULES = 'observability/prometheus/rules';
const TESTS = 'observability/prometheus/tests';
const SEVERITIES = ['page', 'ticket', 'none'];
const TEXTS = ['summary', 'description', 'runbook_url', 'dashboard_url'];
const RUNBOOK =
  /^\{\{ \$externalLabels\.repository_url \}\}\/blob\/main\/(docs\/runbooks\/[\w-]+\.md)(?:#([\w-]+))?$/;

/**
 * @typedef {object} Alert
 * @property {string} name
 * @property {string} where File and line.
 * @property {Record<string, string>} labels
 * @property {Record<string, string>} annotations
 */

/** @returns {Alert[]} */
export function readAlerts() {
  return filesIn(RULES).flatMap((file) => {
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
    const { groups = [] } = document.toJS() ?? {};
    return groups.flatMap((/** @type {any} */ { rules = [] }, /** @type {number} */ group) =>
      rules.flatMap((/** @type {any} */ rule, /** @type {number} */ index) => {
        if (!rule.alert) return [];
        const node = /** @type {any} */ (document.getIn(['groups', group, 'rules', index], true));
        const where = `${file}:${lines.linePos(node.range[0]).line}`;
        return [{ name: rule.alert, where, labels: rule.labels ?? {}, annotations: rule.annotations ?? {} }];
      }),
    );
  });
}

/**
 * @param {Alert[]} alerts
 * @returns {string[]}
 */
export function alertProblems(alerts) {
  const tests = readTests();
  return alerts.flatMap(({ name, where, labels, annotations }) => {
    const problem = (/** @type {string} */ text) => `${where}: ${name} ${text}`;
    return [
      ...(SEVERITIES.includes(labels['severity'] ?? '')
        ? []
        : [problem(`needs a label severity: ${SEVERITIES.join(', ')}`)]),
      ...TEXTS.filter((text) => !annotations[text]).map((text) => problem(`has no ${text}`)),
      ...(annotations['runbook_url'] ? runbookProblems(annotations['runbook_url']).map(problem) : []),
      ...(tests.some(({ alert, fires }) => alert === name && fires)
        ? []
        : [problem(`has no test in ${TESTS} in which it fires`)]),
      ...(tests.some(({ alert, fires }) => alert === name && !fires) || labels['severity'] === 'none'
        ? []
        : [problem(`has no test in ${TESTS} in which it stays silent`)]),
    ];
  });
}

/** @param {string} url @returns {string[]} */
function runbookProblems(url) {
  const [, file, anchor] = RUNBOOK.exec(url) ?? [];
  if (!file)
    return [`has a runbook_url that is no {{ $externalLabels.repository_url }}/blob/main/docs/runbooks/….md`];
  if (!existsSync(file)) return [`has a runbook that does not exist: ${file}`];
  if (anchor && !headings(file).includes(anchor))
    return [`has a runbook without the heading #${anchor}: ${file}`];
  return [];
}

/** @param {string} file */
function headings(file) {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** @returns {{ alert: string, fires: boolean }[]} */
function readTests() {
  return filesIn(TESTS).flatMap((file) => {
    const { tests = [] } = parseDocument(readFileSync(file, 'utf8')).toJS() ?? {};
    return tests.flatMap((/** @type {any} */ { alert_rule_test: expected = [] }) =>
      expected.map((/** @type {any} */ { alertname, exp_alerts: alerts }) => ({
        alert: alertname,
        fires: (alerts ?? []).length > 0,
      })),
    );
  });
}

/** @param {string} folder */
export function filesIn(folder) {
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name));
}
