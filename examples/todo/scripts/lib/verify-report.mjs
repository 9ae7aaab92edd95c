// @ts-check

/**
 * @typedef {import('./run-check.mjs').Outcome & { id: string, title: string, command: string, claims: string[] }} Result
 */

/**
 * @typedef {object} Requirement
 * @property {string} id
 * @property {string} area
 * @property {string} requirement
 * @property {string} check
 */

const MARKS = { passed: '✔', failed: '✘', skipped: '–', 'not applicable': '·' };

/**
 * @param {Result[]} results
 * @param {Requirement[]} requirements
 */
export function terminalReport(results, requirements) {
  const width = Math.max(...results.map(({ id }) => id.length));
  const lines = results.map(({ id, status, seconds, title, reason }) => {
    const detail = reason ? `${title} (${reason})` : title;
    return `${MARKS[status]} ${id.padEnd(width)}  ${status.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s  ${detail}`;
  });
  const met = requirementsOf(results, requirements).map(
    ({ id, status, requirement, check }) => `${MARKS[status]} ${id.padEnd(5)} ${requirement} (${check})`,
  );
  return ['', ...met, '', ...lines, '', summary(results), 'The report is in reports/verify.md.'].join('\n');
}

/**
 * What was checked, and what that proves.
 *
 * @param {Result[]} results
 * @param {Requirement[]} requirements
 */
export function markdownReport(results, requirements) {
  const rows = results.map(({ id, status, seconds, title, reason }) => {
    const detail = reason ? `${title} (${reason})` : title;
    return `| ${id} | ${status} | ${seconds.toFixed(1)} s | ${cell(detail)} |`;
  });
  const claims = results.flatMap(({ id, status, claims: list }) =>
    list.map((claim) => `| ${cell(claim)} | ${id} | ${status === 'passed' ? 'proven' : status} |`),
  );
  const met = requirementsOf(results, requirements).map(
    ({ id, area, requirement, check, status }) =>
      `| ${id} | ${area} | ${cell(requirement)} | ${check} | ${status === 'passed' ? 'met' : status} |`,
  );
  return [
    '# Verification',
    '',
    summary(results),
    '',
    ...['| check | result | time | what |', '| --- | --- | --- | --- |', ...rows, ''],
    ...['| claim | check | |', '| --- | --- | --- |', ...claims, ''],
    ...['| id | area | requirement | check | |', '| --- | --- | --- | --- | --- |', ...met, ''],
  ].join('\n');
}

/**
 * The requirements that these results tell something of.
 *
 * @param {Result[]} results
 * @param {Requirement[]} requirements
 */
function requirementsOf(results, requirements) {
  const statuses = new Map(results.map(({ id, status }) => [id, status]));
  return requirements.flatMap((requirement) => {
    const status = statuses.get(requirement.check);
    return status ? [{ ...requirement, status }] : [];
  });
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
