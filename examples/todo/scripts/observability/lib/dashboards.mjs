// @ts-check
// Holds the dashboards to the rules, but for what the file .lint excludes, with its reason.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesIn } from './files.mjs';
import { withLines } from './lines.mjs';
import { GRAFANA_RULES, OUR_RULES } from './dashboard-rules.mjs';
import { placeOf } from './places.mjs';

export const DASHBOARDS = 'observability/grafana/dashboards';
const EXCLUSIONS = join(DASHBOARDS, '.lint');

/**
 * @typedef {import('./queries.mjs').Dashboard} Dashboard
 *
 * @typedef {object} DashboardFile
 * @property {string} file
 * @property {Dashboard} dashboard
 *
 * @typedef {object} Exclusion What Grafana's linter takes: everything that is said has to fit.
 * @property {string} rule
 * @property {string} reason
 * @property {string} where File and line.
 * @property {string} [dashboard] Its title.
 * @property {string} [panel] Its title.
 * @property {string} [targetIdx] The index of a query.
 */

/** @returns {{ dashboards: DashboardFile[], exclusions: Exclusion[], problems: string[] }} */
export function readDashboards() {
  /** @type {DashboardFile[]} */
  const dashboards = [];
  const problems = [];
  for (const file of filesIn(DASHBOARDS)) {
    try {
      const dashboard = JSON.parse(readFileSync(file, 'utf8'));
      if (Array.isArray(dashboard.panels)) dashboards.push({ file, dashboard });
      else problems.push(`${file}: is no dashboard: it has no panels`);
    } catch (error) {
      problems.push(`${file}: ${/** @type {Error} */ (error).message}`);
    }
  }
  const excluded = existsSync(EXCLUSIONS)
    ? readExclusions(readFileSync(EXCLUSIONS, 'utf8'), EXCLUSIONS)
    : { exclusions: [], problems: [] };
  return { dashboards, exclusions: excluded.exclusions, problems: [...problems, ...excluded.problems] };
}

/**
 * @param {string} text
 * @param {string} file For problems.
 * @returns {{ exclusions: Exclusion[], problems: string[] }}
 */
export function readExclusions(text, file) {
  const { value, problems, where } = withLines(text, file);
  const exclusions = Object.entries(value?.exclusions ?? {}).flatMap(([rule, said]) => {
    const { reason = '', entries } = /** @type {any} */ (said) ?? {};
    if (!entries) return [{ rule, reason, where: where(['exclusions', rule]) }];
    return entries.map((/** @type {any} */ entry, /** @type {number} */ index) => ({
      rule,
      reason,
      ...entry,
      where: where(['exclusions', rule, 'entries', index]),
    }));
  });
  return { exclusions, problems };
}

/**
 * @param {DashboardFile[]} files
 * @param {Exclusion[]} [exclusions]
 * @returns {string[]}
 */
export function dashboardProblems(files, exclusions = []) {
  const all = files.map(({ dashboard }) => dashboard);
  /** @type {Set<Exclusion>} */
  const used = new Set();
  const problems = files.flatMap(({ file, dashboard }) => [
    ...(basename(file, '.json') === dashboard.uid ? [] : [`${file}: has the uid ${dashboard.uid}`]),
    ...Object.entries({ ...GRAFANA_RULES, ...OUR_RULES }).flatMap(([rule, check]) =>
      check(dashboard, all)
        .filter(({ panel, target }) => {
          const fitting = exclusions.filter(
            (exclusion) =>
              exclusion.rule === rule && fits(exclusion, { dashboard: dashboard.title, panel, target }),
          );
          for (const exclusion of fitting) used.add(exclusion);
          return fitting.length === 0;
        })
        .map(({ panel, problem }) => {
          const where = panel === undefined ? '' : `panel "${panel}": `;
          return `${file} (${placeOf(dashboard.uid, panel)}): ${where}${problem} (${rule})`;
        }),
    ),
  ]);
  return [
    ...problems,
    ...exclusions.flatMap((exclusion) => exclusionProblems(exclusion, used.has(exclusion))),
  ];
}

/**
 * @param {Exclusion} exclusion
 * @param {{ dashboard: string, panel: string | undefined, target: number | undefined }} finding
 */
function fits(exclusion, { dashboard, panel, target }) {
  return (
    (exclusion.dashboard ?? dashboard) === dashboard &&
    (exclusion.panel ?? panel) === panel &&
    (exclusion.targetIdx === undefined || Number(exclusion.targetIdx) === target)
  );
}

/**
 * @param {Exclusion} exclusion
 * @param {boolean} isUsed
 */
function exclusionProblems({ rule, reason, where, dashboard, panel }, isUsed) {
  const what = [rule, dashboard, panel].filter(Boolean).join(', ');
  return [
    ...(reason ? [] : [`${where}: ${what} is excluded without a reason`]),
    ...(isUsed ? [] : [`${where}: ${what} is excluded, and nothing breaks it`]),
  ];
}
