import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporary } from '../support/temporary.ts';
import { node24Environment, renderInstalled } from './support/example.ts';

const CONTROLLER = join('src', 'version', 'version.controller.ts');

describe('the script dev', () => {
  let project: string;
  let child: ChildProcess;
  let output = '';

  const times = (text: string): number => output.split(text).length - 1;

  /** Waits for the text to have been printed so often; a minute only where it never is. */
  async function printed(text: string, count: number): Promise<void> {
    for (let attempt = 0; times(text) < count; attempt += 1) {
      if (attempt === 1200 || child.exitCode !== null)
        throw new Error(`"${text}" was not printed ${count} times:\n${output}`);
      await delay(50);
    }
  }

  beforeAll(async () => {
    const parent = temporary();
    // PostgreSQL does not run as root and has to get through to its data.
    chmodSync(parent, 0o755);
    project = await renderInstalled(parent);
    child = spawn('node', ['scripts/dev.mjs', '--inspect=127.0.0.1:0'], {
      cwd: project,
      env: {
        ...(await node24Environment()),
        NO_COLOR: '1',
        PORT: '',
        MANAGEMENT_PORT: '',
        DATABASE_URL: undefined,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    await printed('\nready http', 1);
  });

  afterAll(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('lets a debugger attach', () => {
    expect(output).toContain('Debugger listening on ws://127.0.0.1:');
  });

  it('serves a change, and keeps serving when the next one does not compile', async () => {
    const file = join(project, CONTROLLER);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace("?? 'none'", "?? 'changed'"));
    await printed('\nready http', 2);

    writeFileSync(file, `${text}\nexport const broken: string = 1;\n`);
    await printed('does not compile: the service goes on as it was', 1);
    const url = /^ready (\S+)/m.exec(output)?.[1] ?? '';
    expect((await fetch(`${url}/version`)).status).toBe(200);
    expect(output).toContain('version.controller.ts');

    writeFileSync(file, text);
    await printed('\nready http', 3);
  });
});
