/** What the panels of a dashboard show: its queries, answered by a Prometheus. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} Line
 * @property {string} name As in the legend.
 * @property {[milliseconds: number, value: number][]} points
 *
 * @typedef {object} Panel
 * @property {number} id
 * @property {string} title
 * @property {string} type Of Grafana, e.g. `timeseries`.
 * @property {string} unit
 * @property {{ x: number, y: number, w: number, h: number }} place In 24 columns.
 * @property {string} [absent] Why it shows nothing here.
 * @property {Line[]} lines
 */

/** Metrics of what runs in compose.yaml only, and logs. */
const ELSEWHERE = /\b(?:container|loki|alloy|grafana)_/;

/**
 * @param {object} options
 * @param {string} options.project A rendered one.
 * @param {string} options.prometheus
 * @param {any} options.dashboard
 * @param {Record<string, string>} options.variables
 * @param {number} options.seconds How far back.
 * @returns {Promise<Panel[]>}
 */
export async function answersOf({ project, prometheus, dashboard, variables, seconds }) {
  const { filledIn, panelsOf } = await import(
    pathToFileURL(path.join(project, 'scripts/observability/lib/queries.mjs')).href
  );
  const end = Date.now() / 1000;
  const ask = async (/** @type {{ expr: string, instant?: boolean }} */ { expr, instant }) => {
    const url = new URL(instant ? '/api/v1/query' : '/api/v1/query_range', prometheus);
    const query = filledIn(expr, variables).replaceAll(/\$\{?[a-z_]\w*(?::\w+)?\}?/gi, '.*');
    const times = instant
      ? { time: end }
      : { start: end - seconds, end, step: Math.max(1, Math.round(seconds / 120)) };
    const parameters = { query, ...times };
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, String(value));
    const answer = await (await fetch(url)).json();
    if (answer.status !== 'success') throw new Error(`${dashboard.uid}: ${answer.error}: ${query}`);
    return answer.data.result;
  };
  return Promise.all(
    panelsOf(dashboard).map(async (/** @type {any} */ panel) => {
      const targets = (panel.targets ?? []).filter((/** @type {any} */ { expr }) => expr);
      const isLogs = targets.some(
        (/** @type {any} */ { datasource = panel.datasource }) => datasource?.type === 'loki',
      );
      const isElsewhere = targets.some((/** @type {any} */ { expr }) => ELSEWHERE.test(expr));
      const absent = isLogs ? 'logs are in Loki' : isElsewhere ? 'runs in compose.yaml only' : undefined;
      const results = absent
        ? []
        : await Promise.all(
            targets.map(async (/** @type {any} */ { expr, instant, legendFormat = '' }) =>
              (await ask({ expr, instant })).map((/** @type {any} */ series) =>
                // A table has the labels in columns.
                lineOf(series, panel.type === 'table' ? '' : legendFormat),
              ),
            ),
          );
      return {
        id: panel.id,
        title: panel.title ?? '',
        type: panel.type,
        unit: panel.fieldConfig?.defaults?.unit ?? '',
        place: panel.gridPos,
        ...(absent && { absent }),
        lines: results.flat().filter(({ points }) => points.length > 0),
      };
    }),
  );
}

/**
 * @param {{ metric: Record<string, string>, values?: [number, string][], value?: [number, string] }} series `value` is that of an instant.
 * @param {string} legend
 * @returns {Line}
 */
function lineOf({ metric, value, values = value ? [value] : [] }, legend) {
  const name = legend.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '');
  return {
    name: !name || name === '__auto' ? Object.values(metric).join(' ') || 'value' : name,
    points: values.map(([seconds, sample]) => [seconds * 1000, Number(sample)]).filter(isFinitePoint),
  };
}

/** @param {number[]} point @returns {point is [number, number]} */
function isFinitePoint(point) {
  return point.every(Number.isFinite);
}
