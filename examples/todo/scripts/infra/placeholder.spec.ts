import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readConfiguration } from './policy/blocks.mjs';

const MODULE = join('infra', 'modules', 'service');

/** A text among the locals of the module, with the values of a task. */
async function script(name: string, values: Readonly<Record<string, number>>): Promise<string> {
  const blocks = await readConfiguration(MODULE);
  const text = blocks.map(({ body }) => body[name] as unknown).find((value) => typeof value === 'string');
  if (!text) throw new Error(`There is no local ${name} in ${MODULE}.`);
  return text.replaceAll(/\$\{var\.(\w+)\}/g, (_, variable: string) => String(values[variable]));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the placeholder until the first release', () => {
  let ports: readonly [http: number, management: number];
  let placeholder: ChildProcess;

  beforeAll(async () => {
    ports = [await freePort(), await freePort()];
    placeholder = spawn(process.execPath, ['-e', await script('placeholder', { keep_alive_ms: 65_000 })], {
      env: { PORT: String(ports[0]), MANAGEMENT_PORT: String(ports[1]), DRAIN_MS: '300' },
      stdio: 'inherit',
    });
  });

  afterAll(() => placeholder.kill('SIGKILL'));

  /** The exit status of what ECS runs in the container to see whether it is healthy. */
  const health = async () => {
    const check = spawn(process.execPath, [
      '-e',
      await script('health_check', { management_port: ports[1] }),
    ]);
    const [status] = (await once(check, 'close')) as [number];
    return status;
  };

  it('is healthy, serves while it drains, and ends by itself', async () => {
    while ((await health()) !== 0) expect(placeholder.exitCode).toBeNull();
    const exit = once(placeholder, 'close');
    for (const port of ports) {
      const response = await fetch(`http://127.0.0.1:${port}/health/ready`, {
        headers: { connection: 'close' },
      });
      expect([response.status, await response.text()]).toEqual([200, 'Nothing has been released yet.\n']);
    }
    placeholder.kill('SIGTERM');
    const draining = await fetch(`http://127.0.0.1:${ports[0]}/`, { headers: { connection: 'close' } });
    expect(draining.status).toBe(200);
    expect(await exit).toEqual([0, null]);
    expect(await health()).toBe(1);
  });
});
