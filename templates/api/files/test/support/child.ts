import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until';

type Environment = Readonly<Record<string, string>>;

/** Ports that the system chooses, no waiting, and nothing of the machine's own settings. */
const DEFAULTS: Environment = {
  PATH: process.env.PATH ?? '',
  NODE_ENV: 'test',
  PORT: '0',
  MANAGEMENT_PORT: '0',
  DRAIN_MS: '0',
  HOST: '127.0.0.1',
};

function start(
  script: string,
  args: readonly string[],
  environment: Environment,
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [script, ...args], { env: { ...DEFAULTS, ...environment } });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return { child, output: () => output };
}

/** Runs a script of the build to its end. */
export async function runToEnd(
  script: string,
  args: readonly string[],
  environment: Environment,
): Promise<{ status: number | null; output: string }> {
  const { child, output } = start(script, args, environment);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output: output() };
}

export type LogLine = Readonly<Record<string, unknown>>;

/** The built service as a process of its own. */
export class ServiceProcess {
  url = '';
  managementUrl = '';
  private readonly exit: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly output: () => string,
  ) {
    this.exit = once(child, 'close').then(([status]) => status as number | null);
  }

  /** Resolves when it serves; unless `connected` is false, with the database. */
  static async start(environment: Environment, { connected = true } = {}): Promise<ServiceProcess> {
    const { child, output } = start('dist/main.js', [], environment);
    const service = new ServiceProcess(child, output);
    const listening = await until('the service to listen', () => {
      if (child.exitCode !== null) throw new Error(`the service ended:\n${output()}`);
      return service.logs().find(({ msg }) => msg === 'listening');
    });
    service.url = String(listening.url);
    service.managementUrl = String(listening.management_url);
    if (connected)
      await until(
        'the first contact with the database',
        async () => (await service.probe('startup')) === 200,
      );
    return service;
  }

  /** Every complete line of its output; each must be JSON. */
  logs(): LogLine[] {
    const lines = this.output().split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  /** Resolves with the status of a probe. */
  async probe(name: 'live' | 'ready' | 'startup'): Promise<number> {
    return (await fetch(`${this.managementUrl}/health/${name}`)).status;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Resolves with the exit status. */
  async ended(): Promise<number | null> {
    return this.exit;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) this.child.kill('SIGTERM');
    await this.exit;
  }
}
