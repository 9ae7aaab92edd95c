// @ts-check
// Everything that asks Loki: panels, annotations and variables of dashboards, and Loki's own rules.
import { filesIn } from './files.mjs';
import { readDashboards } from './dashboards.mjs';
import { logqlProblems } from './logql.mjs';
import { placeOf } from './places.mjs';
import { queriesOf } from './queries.mjs';
import { LOKI_RULES, readRules } from './rules.mjs';

/**
 * @param {import('./logql.mjs').Names} names What lines have.
 * @returns {string[]}
 */
export function logQueryProblems(names) {
  const queries = readLogQueries();
  if (queries.length === 0) return ['Nothing asks Loki.'];
  return queries.flatMap(({ where, expr }) =>
    logqlProblems(expr, names).map((problem) => `${where}: ${problem}`),
  );
}

/** @returns {{ where: string, expr: string }[]} */
function readLogQueries() {
  return [
    ...filesIn(LOKI_RULES).flatMap(readRules),
    ...readDashboards().dashboards.flatMap(({ file, dashboard }) =>
      queriesOf(dashboard)
        .filter(({ datasource }) => datasource === 'loki')
        .map(({ panel, refId, expr }) => ({
          where: `${file} (${placeOf(dashboard.uid, panel)}): ${panel} ${refId}`.trimEnd(),
          expr,
        })),
    ),
  ];
}
