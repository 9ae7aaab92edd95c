import { readFileSync } from 'node:fs';
import { capacity, capacityRows } from './capacity.mjs';
import { table } from './figures.mjs';

/** Every request takes 1 ms of CPU, and has a connection for 4 ms. */
const scenarios = ['read one', 'list 20', 'create'].map((name) => ({ name, cpuMs: 1, databaseMs: 4 }));

describe('capacity', () => {
  const rows = capacity(scenarios);

  it('adds tasks with the load, and never has less than two', () => {
    // A task serves 600 requests per second: 60 % of what a core could.
    expect(rows.map(({ rate, tasks }) => [rate, tasks])).toEqual([
      [10, 2],
      [100, 2],
      [1000, 2],
      [10_000, 17],
    ]);
  });

  it("follows Little's law, with room for peaks", () => {
    // 500 requests per second × 4 ms are 2 connections in use; 2 + 3 × √2 is below 7.
    expect(rows[2]?.busy).toBeCloseTo(2);
    expect(rows[2]?.pool).toBe(7);
  });

  it('counts both releases of a deployment, probes and the migrator as 80 % of the connections', () => {
    // 2 × (7 + 1) connections, twice, and 2 of the migrator: 34 of 42.5.
    expect(rows[2]).toMatchObject({ connections: 16, maxConnections: 43 });
  });

  it('weighs what is asked for most', () => {
    const costly = scenarios.map((one) => (one.name === 'create' ? { ...one, cpuMs: 11 } : one));
    expect(capacity(costly)[3]?.tasks).toBe(34);
  });

  it('refuses figures that lack a scenario', () => {
    expect(() => capacity(scenarios.slice(1))).toThrow('"read one" was not measured.');
  });

  it('is printed as docs/capacity.md shows it', () => {
    const page = readFileSync('docs/capacity.md', 'utf8');
    const measured = [...page.matchAll(/^(read one|list 20|create) .* (\d+\.\d+) +(\d+\.\d+)\n/gm)].map(
      ([, name = '', cpuMs, databaseMs]) => ({ name, cpuMs: Number(cpuMs), databaseMs: Number(databaseMs) }),
    );
    expect(page).toContain(table(capacityRows(capacity(measured))));
  });
});
