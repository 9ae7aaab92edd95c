// @ts-check
// What every alert needs to be of use, as problems that name file and line and say what to do.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { filesIn } from './files.mjs';
import { LOKI_RULES, readRules, withExternalLabels } from './rules.mjs';
import { runbookProblems } from './runbooks.mjs';

const RULES = 'observability/prometheus/rules';
const TESTS = 'observability/prometheus/tests';
const SEVERITIES = ['page', 'ticket', 'none'];
const TEXTS = ['summary', 'description', 'runbook_url', 'dashboard_url'];
const RUNBOOK =
  /^\{\{ \$externalLabels\.repository_url \}\}\/blob\/main\/(docs\/runbooks\/[\w-]+\.md)(?:#([\w-]+))?$/;
const DASHBOARD = /^\{\{ \$externalLabels\.grafana_url \}\}\/d\/([\w-]+)(?:\?|$)/;

/**
 * @typedef {object} Alert
 * @property {string} name
 * @property {string} where File and line.
 * @property {Record<string, string>} labels
 * @property {Record<string, string>} annotations
 * @property {boolean} testable Whether there is a tool that runs tests of it.
 *
 * @typedef {object} Known What there is besides alerts.
 * @property {{ alert: string, fires: boolean }[]} tests
 * @property {import('./runbooks.mjs').Runbooks} runbooks
 * @property {readonly string[]} dashboards Their uids.
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

/** @returns {Known['tests']} */
export function readTests() {
  return filesIn(TESTS).flatMap((file) => {
    const { tests = [] } = parse(readFileSync(file, 'utf8')) ?? {};
    return tests.flatMap((/** @type {any} */ { alert_rule_test: expected = [] }) =>
      expected.map((/** @type {any} */ { alertname, exp_alerts: alerts }) => ({
        alert: alertname,
        fires: (alerts ?? []).length > 0,
      })),
    );
  });
}

/**
 * @param {readonly Alert[]} alerts
 * @param {Known} known
 * @returns {string[]}
 */
export function alertProblems(alerts, known) {
  return alerts.flatMap((alert) =>
    [
      ...(SEVERITIES.includes(alert.labels['severity'] ?? '')
        ? []
        : [`needs a label severity: ${SEVERITIES.join(', ')}`]),
      ...TEXTS.filter((text) => !alert.annotations[text]).map((text) => `needs an annotation ${text}`),
      ...(alert.annotations['runbook_url'] ? linkToRunbook(alert, known) : []),
      ...(alert.annotations['dashboard_url'] ? linkToDashboard(alert, known) : []),
      ...(alert.testable ? missingTests(alert, known) : []),
    ].map((problem) => `${alert.where}: ${alert.name} ${problem}`),
  );
}

/**
 * @param {Alert} alert
 * @param {Known} known
 * @returns {string[]}
 */
function linkToRunbook({ name, annotations }, { runbooks }) {
  const [, path, anchor] = RUNBOOK.exec(annotations['runbook_url'] ?? '') ?? [];
  return path
    ? runbookProblems(name, path, anchor, runbooks)
    : ['needs a runbook_url like {{ $externalLabels.repository_url }}/blob/main/docs/runbooks/….md'];
}

/**
 * @param {Alert} alert
 * @param {Known} known
 * @returns {string[]}
 */
function linkToDashboard({ annotations }, { dashboards }) {
  const [, uid] = DASHBOARD.exec(annotations['dashboard_url'] ?? '') ?? [];
  if (!uid) return ['needs a dashboard_url like {{ $externalLabels.grafana_url }}/d/…'];
  return dashboards.includes(uid)
    ? []
    : [`links to a dashboard that does not exist, ${uid}: there are ${dashboards.join(', ')}`];
}

/**
 * @param {Alert} alert
 * @param {Known} known
 * @returns {string[]}
 */
function missingTests({ name, labels }, { tests }) {
  const has = (/** @type {boolean} */ fires) =>
    tests.some((test) => test.alert === name && test.fires === fires);
  return [
    ...(has(true) ? [] : [`needs a test in ${TESTS} in which it fires`]),
    // One of no severity is there to fire always.
    ...(has(false) || labels['severity'] === 'none'
      ? []
      : [`needs a test in ${TESTS} in which it stays silent`]),
  ];
}
