import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type LogLine, LogLines } from './log-lines';
import { asApp } from './server';
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

/** A script of the build as a process of its own. */
export class ScriptProcess {
  private static readonly running = new Map<ChildProcess, string>();

  protected readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;
  private readonly lines = new LogLines();
  private text = '';

  constructor(script: string, args: readonly string[], environment: Environment) {
    this.child = spawn(process.execPath, [script, ...args], {
      env: { ...DEFAULTS, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
      // What is not of the build speaks to people.
      if (script.startsWith('dist/')) this.lines.add(text);
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.text += text));
    ScriptProcess.running.set(this.child, [script, ...args].join(' '));
    this.exit = once(this.child, 'close').then(([status]) => {
      ScriptProcess.running.delete(this.child);
      return status as number | null;
    });
  }

  /** Kills what still runs, and says what that was. */
  static killAll(): string[] {
    return [...this.running].map(([child, command]) => {
      child.kill('SIGKILL');
      return `${command} (process ${child.pid})`;
    });
  }

  /** What it has written to stdout and stderr. */
  output(): string {
    return this.text;
  }

  /** Every complete line of its log. */
  logs(): readonly LogLine[] {
    return this.lines.check();
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Resolves with the exit status, where every line of the log is as the schema has it. */
  async ended(): Promise<number | null> {
    const status = await this.exit;
    this.lines.check();
    return status;
  }
}

/** Runs a script of the build to its end. */
export async function runToEnd(
  script: string,
  args: readonly string[],
  environment: Environment,
): Promise<{ status: number | null; output: string }> {
  const run = new ScriptProcess(script, args, environment);
  return { status: await run.ended(), output: run.output() };
}

/** The built service as a process of its own. */
export class ServiceProcess extends ScriptProcess {
  url = '';
  managementUrl = '';

  /** Starts it as the role of the service. Resolves when it serves; unless `connected` is false, with the database. */
  static async start(environment: Environment, { connected = true } = {}): Promise<ServiceProcess> {
    const { DATABASE_URL: url } = environment;
    const service = new ServiceProcess('dist/main.js', [], {
      ...environment,
      ...(url && { DATABASE_URL: asApp(url) }),
    });
    const listening = await until('the service to listen', () => {
      if (service.child.exitCode !== null) throw new Error(`the service ended:\n${service.output()}`);
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

  /** Resolves with the status of a probe. */
  async probe(name: 'live' | 'ready' | 'startup'): Promise<number> {
    return (await fetch(`${this.managementUrl}/health/${name}`)).status;
  }

  /** The lines of its access log. */
  accessLog(): LogLine[] {
    return this.logs().filter(({ msg }) => msg === 'request completed');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) this.child.kill('SIGTERM');
    await this.ended();
  }
}
