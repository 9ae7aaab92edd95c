/** Panels as charts of ECharts. */

/** @typedef {import('./answers.mjs').Panel} Panel */

/** Panels that are one number for each line, the last one. */
export const NUMBERS = new Set(['stat', 'gauge', 'bargauge', 'table']);

/**
 * @param {Panel} panel
 * @returns {object} An option of ECharts.
 */
export function chartOf(panel) {
  return panel.type === 'heatmap' ? heatmap(panel) : lines(panel);
}

/** @param {Panel} panel */
function lines({ lines: drawn, unit }) {
  return {
    animation: false,
    grid: { left: 62, right: 14, top: 12, bottom: drawn.length > 0 ? 46 : 24 },
    legend: { type: 'scroll', bottom: 0, icon: 'rect', itemHeight: 3, textStyle: { fontSize: 10 } },
    xAxis: { type: 'time', axisLabel: { fontSize: 10, hideOverlap: true } },
    yAxis: { type: 'value', axisLabel: { fontSize: 10, formatter: `{value} ${axisUnit(unit)}`.trimEnd() } },
    series: drawn.map(({ name, points }) => ({
      type: 'line',
      name,
      data: points,
      showSymbol: points.length < 2,
    })),
  };
}

/** @param {Panel} panel Each line is a bucket, named by its upper bound, that holds all smaller ones. */
function heatmap({ lines: buckets }) {
  const sorted = buckets.toSorted((a, b) => boundOf(a) - boundOf(b));
  const times = [...new Set(sorted.flatMap(({ points }) => points.map(([time]) => time)))].toSorted(
    (a, b) => a - b,
  );
  const cells = sorted.flatMap(({ points }, row) => {
    const smaller = new Map(sorted[row - 1]?.points);
    return points.map(([time, value]) => [times.indexOf(time), row, value - (smaller.get(time) ?? 0)]);
  });
  return {
    animation: false,
    grid: { left: 62, right: 14, top: 12, bottom: 24 },
    xAxis: { type: 'category', data: times.map((time) => new Date(time).toISOString().slice(11, 19)) },
    yAxis: { type: 'category', data: sorted.map(({ name }) => name) },
    visualMap: { show: false, min: 0, max: Math.max(1e-9, ...cells.map(([, , value]) => value ?? 0)) },
    series: [{ type: 'heatmap', data: cells }],
  };
}

/** @param {{ name: string }} bucket */
function boundOf({ name }) {
  return name === '+Inf' ? Infinity : Number(name);
}

/** @param {string} unit Of Grafana. */
function axisUnit(unit) {
  return { s: 's', percentunit: '', reqps: '/s', bytes: 'B', short: '' }[unit] ?? '';
}

/**
 * A number as a person reads it.
 *
 * @param {number} value
 * @param {string} unit Of Grafana.
 */
export function readable(value, unit) {
  const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
  switch (unit) {
    case 'percentunit':
      return `${digits.format(value * 100)} %`;
    case 's':
      return value !== 0 && Math.abs(value) < 1
        ? `${digits.format(value * 1000)} ms`
        : `${digits.format(value)} s`;
    case 'bytes':
      return `${digits.format(value / 2 ** 20)} MiB`;
    case 'reqps':
      return `${digits.format(value)} req/s`;
    default:
      return digits.format(value);
  }
}
