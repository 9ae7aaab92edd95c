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

/** Of lines, in their order, and over again. */
export const COLOURS = [
  '#3f68d8',
  '#56a64b',
  '#e0752d',
  '#705da0',
  '#1f9ba8',
  '#c4162a',
  '#e5ac0e',
  '#6b7280',
];

/** @param {Panel} panel */
function lines({ lines: drawn, unit }) {
  const { factor, suffix } = scaleOf(
    unit,
    Math.max(0, ...drawn.flatMap(({ points }) => points.map(([, y]) => Math.abs(y)))),
  );
  return {
    animation: false,
    color: COLOURS,
    grid: { left: 72, right: 14, top: 12, bottom: 24 },
    xAxis: { type: 'time', axisLabel: { fontSize: 10, hideOverlap: true } },
    yAxis: { type: 'value', axisLabel: { fontSize: 10, formatter: `{value} ${suffix}`.trimEnd() } },
    series: drawn.map(({ name, points }) => ({
      type: 'line',
      name,
      data: points.map(([time, value]) => [time, value * factor]),
      showSymbol: points.length < 2,
    })),
  };
}

/** @param {Panel} panel Each line is a bucket, named by its upper bound, that holds all smaller ones. */
function heatmap({ lines: buckets, unit }) {
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
    grid: { left: 72, right: 14, top: 12, bottom: 24 },
    xAxis: { type: 'category', data: times.map((time) => new Date(time).toISOString().slice(11, 19)) },
    yAxis: { type: 'category', data: sorted.map((bucket) => readable(boundOf(bucket), unit)) },
    visualMap: { show: false, min: 0, max: Math.max(1e-9, ...cells.map(([, , value]) => value ?? 0)) },
    series: [{ type: 'heatmap', data: cells }],
  };
}

/** @param {{ name: string }} bucket */
function boundOf({ name }) {
  return name === '+Inf' ? Infinity : Number(name);
}

const DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/**
 * A number as a person reads it.
 *
 * @param {number} value
 * @param {string} unit Of Grafana.
 */
export function readable(value, unit) {
  if (unit === 'bool_yes_no') return value === 0 ? 'no' : 'yes';
  const { factor, suffix } = scaleOf(unit, Math.abs(value));
  return `${Number.isFinite(value) ? DIGITS.format(value * factor) : '∞'} ${suffix}`.trimEnd();
}

/** What others are called, with what a number is multiplied by. */
const SCALES = {
  percentunit: { factor: 100, suffix: '%' },
  cps: { factor: 1, suffix: '/s' },
  reqps: { factor: 1, suffix: 'req/s' },
};

/**
 * How numbers up to the largest of them are written.
 *
 * @param {string} unit Of Grafana.
 * @param {number} largest
 * @returns {{ factor: number, suffix: string }}
 */
function scaleOf(unit, largest) {
  switch (unit) {
    case 's':
    case 'dtdurations':
      return largest > 0 && largest < 1 ? { factor: 1000, suffix: 'ms' } : { factor: 1, suffix: 's' };
    case 'bytes':
    case 'binBps': {
      const power = largest < 1 ? 0 : Math.min(3, Math.floor(Math.log2(largest) / 10));
      const suffix = `${['B', 'KiB', 'MiB', 'GiB'][power]}${unit === 'bytes' ? '' : '/s'}`;
      return { factor: 2 ** (-10 * power), suffix };
    }
    default:
      return new Map(Object.entries(SCALES)).get(unit) ?? { factor: 1, suffix: '' };
  }
}
