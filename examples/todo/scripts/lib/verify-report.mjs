// @ts-check

/**
 * @typedef {import('./run-check.mjs').Outcome & { id: string, title: string, command: string, claims: string[] }} Result
 */

const MARKS = { passed: '✔', failed: '✘', skipped: '–', 'not applicable': '·' };

/** @param {Result[]} results */
export function terminalReport(results) {
  const width = Math.max(...results.map(({ id }) => id.length));
  const lines = results.map(({ id, status, seconds, title, reason }) => {
    const detail = reason ? `${title} (${reason})` : title;
    return `${MARKS[status]} ${id.padEnd(width)}  ${status.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`;
  });
  return ['', ...lines, '', summary(results), 'The report is in reports/verify.md.'].join('\n');
}

/**
 * What was checked, and what that proves.
 *
 * @param {Result[]} results
 */
export function markdownReport(results) {
  const rows = results.map(({ id, status, seconds, title, reason }) => {
    const detail = reason ? `${title} (${reason})` : title;
    return `| ${id} | ${status} | ${seconds.toFixed(1)} s | ${cell(detail)} |`;
  });
  const claims = results.flatMap(({ id, status, claims: list }) =>
    list.map((claim) => `| ${cell(claim)} | ${id} | ${status === 'passed' ? 'proven' : status} |`),
  );
  return [
    '# Verification',
    '',
    summary(results),
    '',
    ...['| check | result | time | what |', '| --- | --- | --- | --- |', ...rows, ''],
    ...['| claim | check | |', '| --- | --- | --- |', ...claims, ''],
  ].join('\n');
}

/** @param {Result[]} results */
function summary(results) {
  const counts = Object.keys(MARKS)
    .map((status) => ({ status, count: results.filter((result) => result.status === status).length }))
    .filter(({ count }) => count > 0);
  return `${counts.map(({ status, count }) => `${count} ${status}`).join(', ')}.`;
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
