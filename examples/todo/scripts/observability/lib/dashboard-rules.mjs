// @ts-check
// The rules of Grafana's own linter for dashboards (github.com/grafana/dashboard-linter, called as there), and what it leaves to
// the eye.
import * as units from '@grafana/grafana-foundation-sdk/units';
import { grammarProblems, windowsOf } from './logql.mjs';
import { labelsOf, promqlProblems, selectorsOf } from './promql.mjs';
import { panelsOf, queriesOf } from './queries.mjs';

/**
 * @typedef {import('./queries.mjs').Dashboard} Dashboard
 * @typedef {import('./queries.mjs').Panel} Panel
 * @typedef {import('./queries.mjs').Query} Query
 * @typedef {import('./queries.mjs').Variable} Variable
 *
 * @typedef {object} Finding
 * @property {string} problem
 * @property {string} [panel] Its title.
 * @property {number} [target] The index of the query within its panel.
 *
 * @typedef {(dashboard: Dashboard, all: readonly Dashboard[]) => Finding[]} Rule
 */

/** @type {Set<unknown>} */
const UNITS = new Set(Object.values(units));
const SOURCES = {
  prometheus: { name: 'prometheus_datasource', label: 'Prometheus data source' },
  loki: { name: 'loki_datasource', label: 'Loki data source' },
};
/** What Grafana knows by itself, in expressions and in links. */
const GLOBAL = /^__(?:rate_interval|interval|interval_ms|range|range_s|range_ms|auto|url_time_range|field)$/;
const WIDTH = 24;

const variablesOf = (/** @type {Dashboard} */ { templating }) => templating?.list ?? [];
const withoutRows = (/** @type {Dashboard} */ dashboard) =>
  panelsOf(dashboard).filter(({ type }) => type !== 'row');

/** @type {(check: (panel: Panel, dashboard: Dashboard) => string[]) => Rule} */
const ofPanels = (check) => (dashboard) =>
  withoutRows(dashboard).flatMap((panel) =>
    check(panel, dashboard).map((problem) => ({ panel: panel.title || `number ${panel.id}`, problem })),
  );

/** @type {(source: 'prometheus' | 'loki', check: (expr: string, dashboard: Dashboard, legend: string) => string[]) => Rule} */
const ofTargets = (source, check) => (dashboard) =>
  withoutRows(dashboard).flatMap((panel) =>
    (panel.targets ?? []).flatMap((target, index) =>
      (target.datasource ?? panel.datasource)?.type === source
        ? check(target.expr ?? '', dashboard, target.legendFormat ?? '').map((problem) => ({
            panel: panel.title,
            target: index,
            problem: `${target.refId}: ${problem}`,
          }))
        : [],
    ),
  );

/** @type {(name: string) => Rule} */
const templated = (name) => (dashboard) => {
  if (variablesOf(dashboard).find(({ type }) => type === 'datasource')?.query !== 'prometheus') return [];
  const variable = variablesOf(dashboard).find((candidate) => candidate.name === name);
  if (!variable) return [{ problem: `has no variable ${name}` }];
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  return [
    ...(variable.type === 'query' ? [] : ['is no query']),
    ...(variable.datasource?.uid === `\${${SOURCES.prometheus.name}}`
      ? []
      : ['asks no variable data source']),
    ...(variable.label === label ? [] : [`is not labelled ${label}`]),
    ...(variable.multi ? [] : ['takes one value only']),
    ...(variable.allValue === '.+' ? [] : ['does not stand for .+ when all are chosen']),
  ].map((problem) => ({ problem: `has a variable ${name} that ${problem}` }));
};

/** @type {(name: string) => Rule} */
const matched = (name) =>
  ofTargets('prometheus', (expr) =>
    selectorsOf(expr)
      .filter(({ matchers }) => !isMatched(matchers, name))
      .map(({ metric }) => `${metric} is not limited to ${name}=~"$${name}"`),
  );

/**
 * @param {import('./promql.mjs').Selector['matchers']} matchers
 * @param {string} name
 */
function isMatched(matchers, name) {
  return matchers.some(({ label, value }) => label === name && value === `$${name}`);
}

/** @type {Record<string, Rule>} As Grafana's linter has them. */
export const GRAFANA_RULES = {
  'template-datasource-rule': (dashboard) => {
    const found = variablesOf(dashboard).filter(({ type }) => type === 'datasource');
    if (found.length === 0) return [{ problem: 'has no variable data source' }];
    return found.flatMap(({ name, label, query }) => {
      const expected = SOURCES[/** @type {keyof typeof SOURCES} */ (query)];
      if (!expected) return [{ problem: `has a variable data source ${name} of an unknown type` }];
      const isRight = name === expected.name && label === expected.label;
      return isRight
        ? []
        : [{ problem: `has a data source ${name} ("${label}"), not ${expected.name} ("${expected.label}")` }];
    });
  },
  'template-job-rule': templated('job'),
  'template-instance-rule': templated('instance'),
  'template-label-promql-rule': (dashboard) =>
    variablesOf(dashboard)
      .filter(({ type, datasource }) => type === 'query' && datasource?.type === 'prometheus')
      .flatMap(({ name }) => {
        const asked = queriesOf(dashboard).find(({ panel }) => panel === `variable ${name}`);
        const problems = asked ? promqlProblems(asked.expr) : ['asks for no values of a label'];
        return problems.map((problem) => ({ problem: `variable ${name}: ${problem}` }));
      }),
  'template-on-time-change-reload-rule': (dashboard) =>
    variablesOf(dashboard)
      .filter(({ type, refresh }) => type === 'query' && refresh !== 2)
      .map(({ name }) => ({ problem: `variable ${name}: keeps its values when the time changes` })),
  'panel-datasource-rule': ofPanels(({ datasource, targets = [] }, dashboard) => {
    const known = variablesOf(dashboard)
      .filter(({ type }) => type === 'datasource')
      .map(({ name }) => `\${${name}}`);
    const used = [datasource, ...targets.map((target) => target.datasource ?? datasource)];
    return [...new Set(used.map((source) => source?.uid ?? 'nothing'))]
      .filter((uid) => !known.includes(uid))
      .map((uid) => `asks ${uid}, and no variable data source`);
  }),
  'panel-title-description-rule': ofPanels(({ title, description }) => [
    ...(title ? [] : ['has no title']),
    ...(description ? [] : ['has no description']),
  ]),
  'panel-units-rule': ofPanels(({ type, fieldConfig }) => {
    const unit = fieldConfig?.defaults?.unit;
    if (type === 'logs') return [];
    if (!unit) return ['has no unit'];
    return UNITS.has(unit) ? [] : [`has a unit that Grafana does not know: ${unit}`];
  }),
  'panel-no-targets-rule': ofPanels(({ targets = [] }) => (targets.length > 0 ? [] : ['asks nothing'])),
  'target-logql-rule': ofTargets('loki', grammarProblems),
  'target-logql-auto-rule': ofTargets('loki', (expr) =>
    windowsOf(expr)
      .filter((window) => window !== '$__auto')
      .map((window) => `counts lines over [${window}], not over [$__auto]`),
  ),
  'target-promql-rule': ofTargets('prometheus', promqlProblems),
  'target-rate-interval-rule': ofTargets('prometheus', (expr) =>
    selectorsOf(expr)
      .filter(({ call, range }) => /^i?rate$/.test(call) && range !== '$__rate_interval')
      .map(({ metric, call, range }) => `${call}(${metric}) is over [${range}], not over [$__rate_interval]`),
  ),
  'target-job-rule': matched('job'),
  'target-instance-rule': matched('instance'),
  'target-counter-agg-rule': ofTargets('prometheus', (expr) =>
    selectorsOf(expr)
      .filter(
        ({ metric, call, range }) =>
          metric.endsWith('_total') && !(range && /^(?:i?rate|increase)$/.test(call)),
      )
      .map(({ metric }) => `${metric} only grows: ask for its rate or increase`),
  ),
  'uneditable-dashboard': ({ editable }) =>
    editable === false ? [] : [{ problem: 'can be edited where nobody reviews it' }],
};

/** @type {Record<string, Rule>} What its linter does not look at. */
export const OUR_RULES = {
  'dashboard-uid-rule': ({ uid }, all) =>
    all.filter((other) => other.uid === uid).length > 1
      ? [{ problem: `shares its uid with another: ${uid}` }]
      : [],
  'dashboard-behaviour-rule': ({ timezone, refresh, tags = [], time, annotations }) =>
    [
      ...(timezone === 'browser' ? [] : ['is not in the time zone of the reader']),
      ...(refresh ? [] : ['does not refresh itself']),
      ...(time?.from && time.to ? [] : ['says not which time it shows at first']),
      ...(tags.length > 0 ? [] : ['has no tag, by which others find it']),
      ...(annotations?.list?.some(({ name }) => name === 'Versions') ? [] : ['does not mark new versions']),
    ].map((problem) => ({ problem })),
  'panel-id-rule': (dashboard) => {
    const panels = panelsOf(dashboard);
    return panels.flatMap(({ id, title }, index) => {
      if (!id) return [{ panel: title, problem: 'has no id' }];
      const twin = panels.findIndex((other) => other.id === id);
      return twin < index
        ? [{ panel: title, problem: `has the id ${id}, as has panel "${panels[twin]?.title}"` }]
        : [];
    });
  },
  'panel-title-unique-rule': (dashboard) => {
    const titles = withoutRows(dashboard).map(({ title }) => title);
    return titles.flatMap((title, index) =>
      titles.indexOf(title) < index ? [{ panel: title, problem: 'is not the only one of that title' }] : [],
    );
  },
  'panel-position-rule': (dashboard) =>
    dashboard.panels.flatMap((panel, index, panels) => {
      const place = panel.gridPos;
      if (!place) return [{ panel: panel.title, problem: 'has no place' }];
      const covered = panels.slice(0, index).find(({ gridPos }) => gridPos && overlap(place, gridPos));
      return [
        ...(place.x < 0 || place.w < 1 || place.h < 1 || place.x + place.w > WIDTH
          ? [{ panel: panel.title, problem: 'is not within the width of the dashboard' }]
          : []),
        ...(covered ? [{ panel: panel.title, problem: `covers panel "${covered.title}"` }] : []),
      ];
    }),
  'target-refid-rule': ofPanels(({ targets = [] }) => {
    const ids = targets.map(({ refId }) => refId ?? '');
    return ids.flatMap((id, index) => {
      if (!id) return ['has a query without a refId'];
      return ids.indexOf(id) < index ? [`has two queries ${id}`] : [];
    });
  }),
  'target-service-rule': ofTargets('prometheus', (expr, dashboard) =>
    selectorsOf(expr)
      .filter(({ matchers }) => {
        const isChosen = isMatched(matchers, 'service') && isMatched(matchers, 'environment');
        return !isChosen && !isMatched(matchers, 'job') && hasChoice(dashboard);
      })
      .map(({ metric }) => `${metric} is of every service and environment, whichever is chosen`),
  ),
  'target-legend-rule': ofTargets('prometheus', (expr, _, legend) => {
    const labels = labelsOf(expr);
    const named = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);
    return labels
      ? named
          .filter((label) => !labels.has(label))
          .map((label) => `its legend names ${label}, which no series has`)
      : [];
  }),
  'variable-known-rule': (dashboard) => {
    const known = new Set(variablesOf(dashboard).map(({ name }) => name));
    const asked = [
      ...queriesOf(dashboard).map(({ panel, expr }) => ({ panel, text: expr })),
      ...linksOf(dashboard).map(({ panel, url }) => ({ panel, text: url })),
    ];
    return asked.flatMap(({ panel, text }) =>
      variablesIn(text)
        .filter((name) => !known.has(name) && !GLOBAL.test(name))
        .map((name) => ({ panel, problem: `asks for $${name}, which is no variable of the dashboard` })),
    );
  },
  'variable-used-rule': (dashboard) => {
    const text = JSON.stringify([dashboard.panels, dashboard.annotations, dashboard.templating]);
    const used = new Set(variablesIn(text));
    return variablesOf(dashboard)
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => ({ problem: `has a variable ${name} that nothing asks for` }));
  },
  'annotation-promql-rule': (dashboard) =>
    queriesOf(dashboard)
      .filter(({ panel, datasource }) => panel.startsWith('annotation ') && datasource === 'prometheus')
      .flatMap(({ panel, expr }) =>
        promqlProblems(expr).map((problem) => ({ problem: `${panel}: ${problem}` })),
      ),
  'link-label-rule': ofPanels(({ targets = [], fieldConfig }) => {
    const named = linksIn(fieldConfig).flatMap((url) => [...url.matchAll(/\$\{__field\.labels\.(\w+)\}/g)]);
    return named.flatMap(([, label = '']) => {
      const lacking = targets.filter(({ expr = '' }) => labelsOf(expr)?.has(label) === false);
      return lacking.map(({ refId }) => `links to ${label}, which no series of ${refId} has`);
    });
  }),
  'link-rule': (dashboard, all) =>
    linksOf(dashboard).flatMap(({ panel, url }) => {
      const [, uid] = /^\/d\/([\w-]+)/.exec(url) ?? [];
      if (!uid) return [];
      const target = all.find((other) => other.uid === uid);
      if (!target) return [{ panel, problem: `leads to a dashboard that does not exist: ${uid}` }];
      const known = variablesOf(target).map(({ name }) => name);
      return [...new Set([...url.matchAll(/[?&]var-(\w+)=/g)].map(([, name = '']) => name))]
        .filter((name) => !known.includes(name))
        .map((name) => ({
          panel,
          problem: `leads to ${uid} with a variable that it does not have: ${name}`,
        }));
    }),
};

/** @param {Dashboard} dashboard */
function hasChoice(dashboard) {
  return variablesOf(dashboard).some(({ name }) => name === 'service' || name === 'job');
}

/** @param {string} text */
function variablesIn(text) {
  return [...text.matchAll(/\$(?:([a-z_]\w*)|\{(\w+)(?:[.:][\w.]+)?\})/gi)].map(
    ([, bare, braced]) => bare ?? braced ?? '',
  );
}

/**
 * @param {Dashboard} dashboard
 * @returns {{ panel: string | undefined, url: string }[]}
 */
function linksOf(dashboard) {
  return withoutRows(dashboard).flatMap(({ title, fieldConfig }) =>
    linksIn(fieldConfig).map((url) => ({ panel: title, url })),
  );
}

/** @param {Panel['fieldConfig']} fieldConfig */
function linksIn(fieldConfig) {
  const links = /** @type {{ url?: string }[]} */ (fieldConfig?.defaults?.['links'] ?? []);
  return links.map(({ url = '' }) => url);
}

/**
 * @param {NonNullable<Panel['gridPos']>} one
 * @param {NonNullable<Panel['gridPos']>} other
 */
function overlap(one, other) {
  return (
    one.x < other.x + other.w &&
    other.x < one.x + one.w &&
    one.y < other.y + other.h &&
    other.y < one.y + one.h
  );
}
