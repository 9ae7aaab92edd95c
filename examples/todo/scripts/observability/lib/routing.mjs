// @ts-check
// What Alertmanager does not say of its configuration: where a name stands that leads nowhere.
import { withLines } from './lines.mjs';

/** Who hears of an alert, by its severity. */
export const RECEIVERS = { page: 'pager', ticket: 'tickets', none: 'dead-man' };

const MATCHER = /^\s*alertname\s*(=~?)\s*"?([^"]*)"?\s*$/;

/**
 * Receivers that are not defined, and matchers of alerts that there are not.
 *
 * @param {string} text
 * @param {object} options
 * @param {string} options.file For problems.
 * @param {readonly string[]} options.alerts The names of all.
 * @returns {string[]}
 */
export function routingProblems(text, { file, alerts }) {
  const { value, problems, where } = withLines(text, file);
  if (problems.length > 0) return problems;
  const { route, inhibit_rules: inhibitions = [], receivers = [] } = value ?? {};
  const known = receivers.map((/** @type {any} */ { name }) => name);
  const matchers = inhibitions.flatMap((/** @type {any} */ rule, /** @type {number} */ index) =>
    ['source_matchers', 'target_matchers'].flatMap((side) =>
      (rule[side] ?? []).map((/** @type {string} */ matcher, /** @type {number} */ at) => ({
        matcher,
        path: ['inhibit_rules', index, side, at],
      })),
    ),
  );
  const routes = routesIn(route, ['route']);
  return [
    ...routes
      .filter(({ receiver }) => receiver !== undefined && !known.includes(receiver))
      .map(
        ({ receiver, path }) =>
          `${where([...path, 'receiver'])}: there is no receiver ${receiver}: define it, or write one of ${known.join(', ')}`,
      ),
    ...[...matchers, ...routes.flatMap(({ matchers: own }) => own)].flatMap(({ matcher, path }) =>
      namesNoAlert(matcher, alerts).map(
        (name) => `${where(path)}: there is no alert ${name}: correct or remove it`,
      ),
    ),
  ];
}

/**
 * @typedef {(string | number)[]} Path
 *
 * @param {any} route
 * @param {Path} path
 * @returns {{ receiver: string | undefined, path: Path, matchers: { matcher: string, path: Path }[] }[]}
 */
function routesIn(route, path) {
  const { receiver, matchers = [], routes = [] } = route ?? {};
  return [
    {
      receiver,
      path,
      matchers: matchers.map((/** @type {string} */ matcher, /** @type {number} */ index) => ({
        matcher,
        path: [...path, 'matchers', index],
      })),
    },
    ...routes.flatMap((/** @type {any} */ inner, /** @type {number} */ index) =>
      routesIn(inner, [...path, 'routes', index]),
    ),
  ];
}

/**
 * The parts of a matcher of alert names that match none.
 *
 * @param {string} matcher
 * @param {readonly string[]} alerts
 */
function namesNoAlert(matcher, alerts) {
  const [, operator, value = ''] = MATCHER.exec(matcher) ?? [];
  if (!operator) return [];
  const parts = operator === '=~' ? value.split('|') : [value];
  return parts.filter((part) => !alerts.some((alert) => new RegExp(`^(?:${part})$`).test(alert)));
}
