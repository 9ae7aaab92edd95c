import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** These run while requests are still served; `onApplicationShutdown` is after the last one. */
const TOO_EARLY = /\b(onModuleDestroy|beforeApplicationShutdown)\b/;

describe('stopping', () => {
  it('closes nothing that requests use before the last of them is over', () => {
    const sources = globSync('**/*.ts', { cwd: __dirname }).filter((file) => !file.endsWith('.spec.ts'));
    expect(sources).toContain('shutdown.ts');
    expect(sources.filter((file) => TOO_EARLY.test(readFileSync(join(__dirname, file), 'utf8')))).toEqual([]);
  });
});
