// @ts-check
// What dashboards ask, and which metrics that takes.
import { parser } from '@prometheus-io/lezer-promql';

/**
 * @typedef {object} Query
 * @property {string} dashboard The uid.
 * @property {string} panel Its title; `variable …` or `annotation …` for what belongs to the dashboard as a whole.
 * @property {string} refId
 * @property {'prometheus' | 'loki'} datasource
 * @property {string} expr
 * @property {string} legend
 *
 * @typedef {{ type?: string, uid?: string }} DataSource
 *
 * @typedef {object} Target
 * @property {string} [refId]
 * @property {string} [expr]
 * @property {string} [legendFormat]
 * @property {DataSource} [datasource]
 *
 * @typedef {object} Panel
 * @property {number} [id]
 * @property {string} type
 * @property {string} [title]
 * @property {string} [description]
 * @property {DataSource} [datasource]
 * @property {{ x: number, y: number, w: number, h: number }} [gridPos]
 * @property {Target[]} [targets]
 * @property {Panel[]} [panels] Of a row that is closed.
 * @property {{ defaults?: { unit?: string, [property: string]: unknown }, overrides?: unknown[] }} [fieldConfig]
 * @property {Record<string, unknown>} [options]
 *
 * @typedef {object} Variable
 * @property {string} name
 * @property {string} type
 * @property {string} [label]
 * @property {string | { query?: string, refId?: string }} [query]
 * @property {DataSource} [datasource]
 * @property {boolean} [multi]
 * @property {string} [allValue]
 * @property {boolean} [includeAll]
 * @property {number} [refresh]
 * @property {{ text?: unknown, value?: unknown }} [current]
 *
 * @typedef {object} Dashboard
 * @property {string} uid
 * @property {string} title
 * @property {boolean} [editable]
 * @property {string} [refresh]
 * @property {string} [timezone]
 * @property {string[]} [tags]
 * @property {{ from?: string, to?: string }} [time]
 * @property {Panel[]} panels
 * @property {{ list?: Variable[] }} [templating]
 * @property {{ list?: ({ name?: string, type?: string, expr?: string, titleFormat?: string, datasource?: DataSource, target?: Target })[] }} [annotations]
 */

/**
 * Everything that a dashboard asks.
 *
 * @param {Dashboard} dashboard
 * @returns {Query[]}
 */
export function queriesOf(dashboard) {
  const ofPanels = panelsOf(dashboard).flatMap((panel) =>
    (panel.targets ?? []).map((target) => ({
      ...asked(target.datasource ?? panel.datasource, target.expr),
      panel: panel.title ?? '',
      refId: target.refId ?? '',
      legend: target.legendFormat ?? '',
    })),
  );
  const ofAnnotations = (dashboard.annotations?.list ?? []).map((annotation) => ({
    ...asked(annotation.datasource, annotation.target?.expr ?? annotation.expr),
    panel: `annotation ${annotation.name}`,
    refId: '',
    legend: annotation.titleFormat ?? '',
  }));
  const ofVariables = (dashboard.templating?.list ?? [])
    .filter(({ type }) => type === 'query')
    .map(({ name, query, datasource }) => ({
      ...asked(datasource, askedByVariable(typeof query === 'string' ? query : query?.query)),
      panel: `variable ${name}`,
      refId: '',
      legend: '',
    }));
  return [...ofPanels, ...ofAnnotations, ...ofVariables].flatMap((query) =>
    query.expr && (query.datasource === 'prometheus' || query.datasource === 'loki')
      ? [{ dashboard: dashboard.uid, ...query, datasource: query.datasource, expr: query.expr }]
      : [],
  );
}

/**
 * With those in closed rows.
 *
 * @param {Dashboard} dashboard
 * @returns {Panel[]}
 */
export function panelsOf({ panels }) {
  return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
}

/**
 * @param {DataSource | undefined} datasource
 * @param {string | undefined} expr
 */
function asked(datasource, expr) {
  return { datasource: datasource?.type, expr };
}

/**
 * The selector within `label_values(selector, label)`, or the expression within `query_result(…)`.
 *
 * @param {string | undefined} query
 */
function askedByVariable(query = '') {
  const [, values, result] =
    /^label_values\((.+),\s*\w+\s*\)$/s.exec(query) ?? /^query_result\(()(.+)\)$/s.exec(query) ?? [];
  return values || result;
}

/** `$name`, `${name}` or `${name:format}`. */
const VARIABLE = /\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g;

/** What Grafana fills in by itself, with values that any expression takes. */
const GLOBAL = {
  __rate_interval: '5m',
  __interval: '1m',
  __interval_ms: '60000',
  __range: '1h',
  __range_s: '3600',
  __range_ms: '3600000',
  __auto: '5m',
};

/**
 * An expression as Grafana sends it, with the values of variables.
 *
 * @param {string} expr
 * @param {Record<string, string>} [values] Of the variables of the dashboard; those that are not said stay.
 */
export function filledIn(expr, values = {}) {
  const all = new Map(Object.entries({ ...GLOBAL, ...values }));
  return expr.replace(VARIABLE, (whole, bare, braced) => all.get(bare ?? braced) ?? whole);
}

/**
 * An expression in which each variable is a duration of the same length: where something stands in it is where it stands in the
 * original.
 *
 * @param {string} expr
 */
export function inPlace(expr) {
  return expr.replace(VARIABLE, (whole) => `${'1'.repeat(whole.length - 1)}m`);
}

/**
 * The metrics that an expression reads, sorted.
 *
 * @param {string} promql May have variables of Grafana.
 * @returns {string[]}
 */
export function metricNames(promql) {
  const text = filledIn(promql);
  /** @type {Set<string>} */
  const names = new Set();
  const textOf = (/** @type {{ from: number, to: number }} */ { from, to }) => text.slice(from, to);
  parser.parse(text).iterate({
    enter: ({ name, node }) => {
      if (name === 'VectorSelector') {
        const identifier = node.getChild('Identifier');
        if (identifier) names.add(textOf(identifier));
      }
      if (name === 'QuotedLabelName') names.add(textOf(node).slice(1, -1));
      if (name !== 'UnquotedLabelMatcher') return;
      const [label, operator, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((child) => {
        const found = node.getChild(child);
        return found ? textOf(found) : '';
      });
      if (label === '__name__' && operator === '=') names.add((value ?? '').slice(1, -1));
    },
  });
  return [...names].sort();
}
