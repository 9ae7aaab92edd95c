// @ts-check
// What every alert needs to be of use, as problems that name file and line.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { LOKI_RULES, readRules, withExternalLabels } from './rules.mjs';

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
 * @property {boolean} testable Whether there is a tool that runs tests of it.
 */

/** @returns {Alert[]} */
export function readAlerts() {
  const alerts = (/** @type {string} */ folder) =>
    filesIn(folder)
      .flatMap(readRules)
      .filter(({ kind }) => kind === 'alert');
  return [
    ...alerts(RULES).map((alert) => ({ ...alert, testable: true })),
    // There is no tool that runs rules of Loki on lines of a test.
    ...alerts(LOKI_RULES).map((alert) => ({
      ...alert,
      annotations: withExternalLabels(alert.annotations),
      testable: false,
    })),
  ];
}

/**
 * @param {Alert[]} alerts
 * @returns {string[]}
 */
export function alertProblems(alerts) {
  const tests = readTests();
  const testProblems = (/** @type {string} */ name, /** @type {Record<string, string>} */ labels) => [
    ...(tests.some(({ alert, fires }) => alert === name && fires)
      ? []
      : [`has no test in ${TESTS} in which it fires`]),
    ...(tests.some(({ alert, fires }) => alert === name && !fires) || labels['severity'] === 'none'
      ? []
      : [`has no test in ${TESTS} in which it stays silent`]),
  ];
  return alerts.flatMap(({ name, where, labels, annotations, testable }) => {
    const problem = (/** @type {string} */ text) => `${where}: ${name} ${text}`;
    return [
      ...(SEVERITIES.includes(labels['severity'] ?? '')
        ? []
        : [problem(`needs a label severity: ${SEVERITIES.join(', ')}`)]),
      ...TEXTS.filter((text) => !annotations[text]).map((text) => problem(`has no ${text}`)),
      ...(annotations['runbook_url'] ? runbookProblems(annotations['runbook_url']).map(problem) : []),
      ...(testable ? testProblems(name, labels).map(problem) : []),
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
