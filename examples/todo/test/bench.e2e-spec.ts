import { runToEnd } from './support/child';

const BENCH = 'scripts/bench.mjs';

interface Report {
  readonly scenarios: readonly Readonly<Record<string, unknown>>[];
  readonly readyMs: number;
  readonly residentMiB: number;
  readonly capacity: readonly { readonly rate: number; readonly tasks: number; readonly pool: number }[];
}

describe('bench', () => {
  it('prints the figures of every scenario, start and memory', async () => {
    const server = process.env.TEST_SERVER_URL ?? '';
    const args = [
      '--rounds',
      '1',
      '--duration',
      '1',
      '--connections',
      '5',
      '--server',
      server,
      '--capacity',
      '--json',
    ];
    const { status, output } = await runToEnd(BENCH, args, {});
    expect([status, output]).toEqual([0, expect.stringContaining('{')]);
    const { scenarios, readyMs, residentMiB, capacity } = JSON.parse(
      output.slice(output.indexOf('{')),
    ) as Report;
    expect(scenarios.map(({ name }) => name)).toEqual(['read one', 'list 20', 'create']);
    const figures = scenarios.flatMap(({ requestsPerSecond, cpuMs, databaseMs, p50Ms, p99Ms }) => [
      requestsPerSecond,
      cpuMs,
      databaseMs,
      p50Ms,
      p99Ms,
    ]);
    for (const figure of [...figures, readyMs, residentMiB]) expect(figure).toEqual(expect.any(Number));
    for (const { requestsPerSecond, cpuMs, databaseMs } of scenarios)
      expect(Math.min(Number(requestsPerSecond), Number(cpuMs), Number(databaseMs))).toBeGreaterThan(0);
    expect(capacity.map(({ rate }) => rate)).toEqual([10, 100, 1000, 10_000]);
    for (const { tasks, pool } of capacity) expect(Math.min(tasks, pool)).toBeGreaterThan(0);
  });

  it.each([
    [['--help'], 0, 'requests per second'],
    [['--rounds', '0'], 1, '--rounds is "0"'],
    [['--faster'], 1, "Unknown option '--faster'"],
    [['--server', 'postgres://nobody@127.0.0.1:1/none'], 1, 'ECONNREFUSED'],
  ])('answers to %j', async (args, expected, text) => {
    const { status, output } = await runToEnd(BENCH, args, {});
    expect([status, output]).toEqual([expected, expect.stringContaining(text)]);
  });
});
