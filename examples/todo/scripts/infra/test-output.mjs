// @ts-check

/**
 * Reads what `terraform test -json` prints.
 *
 * @param {string} text One JSON object per line.
 * @returns {{ passed: number, problems: string[], states: object[] }} The number of runs that passed, what went wrong, and
 * with `-verbose` the state that each apply left.
 */
export function readTestOutput(text) {
  const messages = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return {
    passed: messages.filter(({ test_run: run }) => run?.status === 'pass').length,
    problems: messages
      .filter(({ diagnostic }) => diagnostic?.severity === 'error')
      .map(({ '@testfile': file, '@testrun': run, diagnostic }) => describe(file, run, diagnostic)),
    states: messages.filter(({ type }) => type === 'test_state').map(({ test_state: state }) => state),
  };
}

/**
 * @param {string | undefined} file
 * @param {string | undefined} run
 * @param {{ summary: string, detail?: string, range?: { filename: string, start: { line: number } } }} diagnostic
 */
function describe(file, run, { summary, detail = '', range }) {
  const where = [range && `${range.filename}:${range.start.line}`, file && `${file} run "${run}"`];
  return `${where.filter(Boolean).join(', ')}: ${summary}\n${detail}`.trim();
}
