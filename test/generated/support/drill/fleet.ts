import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Image } from '../aws/images.ts';

interface Instance {
  readonly child: ChildProcess;
  readonly url: string;
  readonly managementUrl: string;
  isReady: boolean;
}

/** Where the build of an image is, as its container would have it. */
export interface Builds {
  folderOf(image: Image): string;
}

/** The tasks of a service, as processes of this machine. */
export class Fleet {
  private readonly instances = new Map<string, readonly Instance[]>();
  private readonly builds: Builds;
  private readonly env: NodeJS.ProcessEnv;
  private readonly migrationEnv: NodeJS.ProcessEnv;
  private turn = 0;

  /**
   * @param env What the task definition would say.
   * @param migrationEnv What that of the migration says differently.
   */
  constructor(builds: Builds, env: NodeJS.ProcessEnv, migrationEnv: NodeJS.ProcessEnv) {
    this.builds = builds;
    this.env = env;
    this.migrationEnv = migrationEnv;
  }

  /** Runs a task that ends by itself; resolves with its exit status. */
  async run(image: Image, command: readonly string[], log: (line: string) => void): Promise<number> {
    const [, ...args] = command;
    const child = spawn(this.env['NODE'] ?? 'node', args, {
      cwd: this.builds.folderOf(image),
      env: { ...this.env, ...this.migrationEnv },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', log);
    const [status] = (await once(child, 'close')) as [number | null];
    // As a shell has it, for what a signal ended.
    return status ?? 137;
  }

  /** Starts the tasks of a revision, unless they run. */
  async start(taskDefinition: string, image: Image, count: number): Promise<void> {
    if (this.instances.has(taskDefinition)) return;
    this.instances.set(taskDefinition, []);
    const started = await Promise.all(Array.from({ length: count }, async () => this.instance(image)));
    this.instances.set(taskDefinition, started);
    await Promise.all(started.map(async (instance) => this.becomesReady(instance)));
  }

  isReady(taskDefinition: string): boolean {
    const instances = this.instances.get(taskDefinition) ?? [];
    return instances.length > 0 && instances.every(({ isReady }) => isReady);
  }

  /** Ends every task but those of one revision. */
  keep(taskDefinition: string): void {
    for (const [other, instances] of this.instances) {
      if (other === taskDefinition) continue;
      for (const { child } of instances) child.kill('SIGTERM');
      this.instances.delete(other);
    }
  }

  /** The next instance of a revision, in turns. */
  next(taskDefinition: string): string | undefined {
    const instances = this.instances.get(taskDefinition) ?? [];
    this.turn += 1;
    return instances[this.turn % Math.max(1, instances.length)]?.url;
  }

  async stop(): Promise<void> {
    const children = [...this.instances.values()].flat().map(({ child }) => child);
    this.instances.clear();
    await Promise.all(
      children.map(async (child) => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }

  private async instance(image: Image): Promise<Instance> {
    const [port, managementPort] = [await freePort(), await freePort()];
    const child = spawn(this.env['NODE'] ?? 'node', ['dist/main.js'], {
      cwd: this.builds.folderOf(image),
      env: {
        ...this.env,
        PORT: String(port),
        MANAGEMENT_PORT: String(managementPort),
        BUILD_COMMIT: image.commit,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return {
      child,
      url: `http://127.0.0.1:${port}`,
      managementUrl: `http://127.0.0.1:${managementPort}`,
      isReady: false,
    };
  }

  private async becomesReady(instance: Instance): Promise<void> {
    while (!instance.isReady && instance.child.exitCode === null && !instance.child.killed) {
      const answer = await fetch(`${instance.managementUrl}/health/ready`).catch(() => undefined);
      instance.isReady = answer?.ok ?? false;
      await pause(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
