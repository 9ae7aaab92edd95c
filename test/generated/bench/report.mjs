/** What the rounds say: medians of the ratios within a round, which the load of the machine changes least. */

/**
 * @typedef {object} Row of one scenario and variant
 * @property {string} title
 * @property {number} requestsPerSecond
 * @property {number} cpuMs of the process, per request
 * @property {number} rate how many requests per second the first variant served for each one of this variant
 * @property {number} cost how much CPU this variant took for each unit that the first one took
 * @property {number} [bar] of `rate`
 */

/**
 * @param {import('./compare.mjs').Samples} samples
 * @param {readonly import('./variants.mjs').Variant[]} variants
 * @returns {Row[]}
 */
export function rowsOf(samples, variants) {
  const reference = samples.get(variants[0]?.name ?? '') ?? [];
  return variants.map(({ name, title, bar }) => {
    const own = samples.get(name) ?? [];
    const first = (/** @type {number} */ round) => reference[round] ?? { requestsPerSecond: NaN, cpuMs: NaN };
    return {
      title,
      requestsPerSecond: median(own.map(({ requestsPerSecond }) => requestsPerSecond)),
      cpuMs: median(own.map(({ cpuMs }) => cpuMs)),
      rate: median(
        own.map(({ requestsPerSecond }, round) => first(round).requestsPerSecond / requestsPerSecond),
      ),
      cost: median(own.map(({ cpuMs }, round) => cpuMs / first(round).cpuMs)),
      ...(bar !== undefined && { bar }),
    };
  });
}

/** @param {Row} row */
export function missed({ rate, bar = 0 }) {
  return !(rate >= bar);
}

/**
 * @param {ReadonlyMap<string, readonly Row[]>} scenarios
 * @returns {string} a table in Markdown
 */
export function markdown(scenarios) {
  const head = ['', 'requests/s', 'CPU ms/request', 'CPU', 'requests/s of the service', 'bar', ''];
  const lines = [...scenarios].flatMap(([scenario, rows]) =>
    rows.map((row) => [
      `${scenario}: ${row.title}`,
      row.requestsPerSecond.toFixed(0),
      row.cpuMs.toFixed(3),
      `${row.cost.toFixed(2)} ×`,
      `${(100 * row.rate).toFixed(0)} %`,
      row.bar ? `≥ ${100 * row.bar} %` : '',
      row.bar ? (missed(row) ? 'missed' : 'met') : '',
    ]),
  );
  return [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
