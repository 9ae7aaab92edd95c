import { on } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleChild, startChild } from '../testing/child.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { describeWhere } from '../testing/requirement.ts';

const root = temporaryFolder();

describeWhere(
  process.platform === 'win32' ? 'Windows ends a process without asking it.' : undefined,
  'interrupted',
  () => {
    let bundle: string;

    beforeAll(async () => {
      bundle = await bundleChild(join(import.meta.dirname, 'runner.child.ts'), root);
    }, 60_000);

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)(
      'by %s, what was started ends with us, and so does what that started',
      async (signal, status) => {
        const { child, ended } = startChild(bundle, null);
        let printed = '';
        for await (const [chunk] of on(child.stdout, 'data') as AsyncIterable<[Buffer]>) {
          printed += chunk.toString();
          if (printed.split('\n').length > 2) break;
        }
        const pids = printed.trim().split('\n').map(Number);
        expect(pids.filter(isAlive)).toHaveLength(2);
        child.kill(signal);
        await expect(ended).resolves.toMatchObject({ status });
        for (let tries = 0; tries < 50 && pids.some(isAlive); tries++) await setTimeout(100);
        expect(pids.filter(isAlive)).toEqual([]);
      },
      30_000,
    );
  },
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
