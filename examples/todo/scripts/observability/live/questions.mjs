// @ts-check
// Every expression of PromQL that rules, dashboards and runbooks have.
import { readDashboards } from '../lib/dashboards.mjs';
import { filesIn } from '../lib/files.mjs';
import { placeOf } from '../lib/places.mjs';
import { filledIn, queriesOf } from '../lib/queries.mjs';
import { readRules } from '../lib/rules.mjs';
import { queriesIn, readRunbooks } from '../lib/runbooks.mjs';

/** @typedef {import('./judge.mjs').Question} Question */

const RULES = 'observability/prometheus/rules';

/** @returns {Question[]} */
export function ofRules() {
  return filesIn(RULES)
    .flatMap(readRules)
    .map(({ kind, name, where, expr }) => ({
      where: `${where}: ${name}`,
      expression: expr,
      kind: kind === 'alert' ? 'condition' : 'value',
    }));
}

/**
 * @param {Record<string, string>} variables What is chosen in Grafana; all others are left open.
 * @returns {Question[]}
 */
export function ofDashboards(variables) {
  return readDashboards().dashboards.flatMap(({ file, dashboard }) =>
    queriesOf(dashboard)
      .filter(({ datasource }) => datasource === 'prometheus')
      .map(({ panel, refId, expr, legend }) => ({
        where: `${file} (${placeOf(dashboard.uid, panel)}): ${panel} ${refId}`.trimEnd(),
        expression: filledIn(expr, variables).replaceAll(/\$\{?[a-z_]\w*(?::\w+)?\}?/gi, '.*'),
        kind: /** @type {const} */ ('value'),
        legend,
      })),
  );
}

/** @returns {Question[]} */
export function ofRunbooks() {
  return queriesIn('promql', readRunbooks()).map(({ where, expr }) => ({
    where,
    expression: expr,
    kind: 'condition',
  }));
}
