/**
 * Declares tests that need more than any machine has. They are skipped with the reason where it is missing, and fail there in
 * CI, which is expected to have it.
 *
 * @param missing why the tests can't run here; undefined where they can
 */
export function describeWhere(missing: string | undefined, name: string, tests: () => void): void {
  if (missing === undefined) {
    describe(name, tests);
  } else if (process.env['CI'] === 'true' && process.platform === 'linux') {
    test(name, () => {
      throw new Error(`Not skipped in CI: ${missing}`);
    });
  } else {
    process.stderr.write(`skipped: ${name}: ${missing}\n`);
    // oxlint-disable-next-line jest/no-disabled-tests -- The reason was printed.
    describe.skip(name, tests);
  }
}
