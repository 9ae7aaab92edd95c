/** One page with all dashboards, which needs nothing from elsewhere. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { COLOURS, NUMBERS, chartOf, readable } from './charts.mjs';

/** @typedef {import('./answers.mjs').Panel} Panel */

const require = createRequire(import.meta.url);
const ECHARTS = require.resolve('echarts/dist/echarts.min.js');
const ROW_PX = 34;
const STYLE = `
  body { margin: 0; background: #f4f5f5; font: 13px system-ui, sans-serif; color: #24292e; }
  section { padding: 16px; width: 1400px; }
  h1 { font-size: 20px; }
  .grid { display: grid; grid-template-columns: repeat(24, 1fr); grid-auto-rows: ${ROW_PX}px; gap: 8px; }
  article { background: #fff; border: 1px solid #d8dadd; border-radius: 3px; display: flex; flex-direction: column; min-width: 0; overflow: hidden; }
  article.row { background: none; border: 0; font-weight: 600; justify-content: center; }
  h2 { font-size: 12px; margin: 6px 8px 0; font-weight: 600; }
  .chart { flex: 1; min-height: 0; }
  .legend { display: flex; flex-wrap: wrap; gap: 2px 10px; margin: 0 8px 6px; max-height: 45px; overflow: hidden; font-size: 10px; }
  .legend i { display: inline-block; width: 12px; height: 3px; margin-right: 4px; vertical-align: middle; }
  ul { list-style: none; margin: auto; padding: 4px 8px; max-width: 100%; max-height: 100%; overflow: hidden; box-sizing: border-box; }
  ul.table { width: 100%; margin: 0; }
  li { display: flex; gap: 8px; justify-content: space-between; align-items: baseline; }
  li span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  li b { font-size: 15px; white-space: nowrap; }
  .absent { margin: auto; color: #8e8e8e; }
`;

/**
 * @param {{ uid: string, title: string, panels: Panel[] }[]} dashboards
 * @returns {string} HTML
 */
export function pageOf(dashboards) {
  const charts = dashboards.flatMap(({ uid, panels }) =>
    panels.filter(isChart).map((panel) => ({ element: elementId(uid, panel), option: chartOf(panel) })),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Dashboards</title><style>${STYLE}</style>
${dashboards.map(section).join('\n')}
<script>${readFileSync(ECHARTS, 'utf8')}</script>
<script>for (const { element, option } of ${JSON.stringify(charts).replaceAll('<', '\\u003c')})
  echarts.init(document.getElementById(element), null, { renderer: 'svg' }).setOption(option);</script></html>`;
}

/** @param {{ uid: string, title: string, panels: Panel[] }} dashboard */
function section({ uid, title, panels }) {
  return `<section id="${uid}"><h1>${escaped(title)}</h1><div class="grid">${panels.map((panel) => article(uid, panel)).join('')}</div></section>`;
}

/**
 * @param {string} uid
 * @param {Panel} panel
 */
function article(uid, panel) {
  const { x, y, w, h } = panel.place;
  const area = `grid-column: ${x + 1} / span ${w}; grid-row: ${y + 1} / span ${h}`;
  const kind = panel.type === 'row' ? 'row' : 'panel';
  return `<article class="${kind}" style="${area}"><h2>${escaped(panel.title)}</h2>${body(uid, panel)}</article>`;
}

/**
 * @param {string} uid
 * @param {Panel} panel
 */
function body(uid, panel) {
  if (panel.type === 'row' || panel.type === 'text') return '';
  if (panel.absent) return `<p class="absent">${escaped(panel.absent)}</p>`;
  if (isChart(panel)) return `<div class="chart" id="${elementId(uid, panel)}"></div>${legend(panel)}`;
  const last = (/** @type {Panel['lines'][number]} */ { points }) => points.at(-1)?.[1] ?? Number.NaN;
  const isTable = panel.type === 'table';
  // As Grafana sorts them: the greatest first.
  const rows = isTable ? panel.lines.toSorted((one, other) => last(other) - last(one)) : panel.lines;
  const items = rows.map(
    (line) =>
      `<li><span>${escaped(line.name)}</span><b>${escaped(readable(last(line), panel.unit))}</b></li>`,
  );
  return `<ul${isTable ? ' class="table"' : ''}>${items.join('')}</ul>`;
}

/** @param {Panel} panel Of a heat map, the axis says it. */
function legend({ type, lines }) {
  if (type === 'heatmap') return '';
  const names = lines.map(
    ({ name }, index) =>
      `<span><i style="background: ${COLOURS[index % COLOURS.length]}"></i>${escaped(name)}</span>`,
  );
  return `<div class="legend">${names.join('')}</div>`;
}

/** @param {Panel} panel */
function isChart({ type, absent }) {
  return !absent && type !== 'row' && type !== 'text' && !NUMBERS.has(type);
}

/**
 * @param {string} uid
 * @param {Panel} panel
 */
function elementId(uid, { id }) {
  return `${uid}-${id}`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
