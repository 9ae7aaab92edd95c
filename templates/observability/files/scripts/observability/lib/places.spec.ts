import { readFileSync } from 'node:fs';
import { placeOf } from './places.mjs';

describe('the place of a panel', () => {
  it('is the line of its title', () => {
    const [, file = '', line] = /^(.+):(\d+)$/.exec(placeOf('requests', 'Spread of durations')) ?? [];
    expect(file).toBe('scripts/observability/dashboards/requests.ts');
    expect(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]).toContain("'Spread of durations'");
  });

  it('is the source where the title stands nowhere, and where there is none', () => {
    expect(placeOf('requests', 'Gone')).toBe('scripts/observability/dashboards/requests.ts');
    expect(placeOf('gone', 'Rate')).toBe('scripts/observability/dashboards/gone.ts');
  });
});
