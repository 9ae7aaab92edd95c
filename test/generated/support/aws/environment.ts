import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../../../support/cli.ts';
import { root } from '../../../support/root.ts';
import { temporary } from '../../../support/temporary.ts';
import { node24Environment } from '../example.ts';
import type { Image } from './images.ts';
import { Aws } from './server.ts';
import { NAME, REPOSITORY, SERVICE, World } from './world.ts';

/** Seconds in place of minutes: the world of the tests is as much faster. */
const SETTINGS = {
  snapshot: false,
  bakeSeconds: 0.6,
  rolloutMinutes: 0.05,
  migrationMinutes: 0.05,
  pollSeconds: 0.1,
};

export type Settings = typeof SETTINGS & {
  readonly smoke: string;
  readonly smokeAuthorization: string;
};

/** A record of a release, as far as the tests look at it. */
export interface Recorded {
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly step: string;
  readonly version: string;
  readonly revision?: number;
  readonly reason?: string;
  readonly commit: string;
  readonly changedAt?: string;
}

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Renders a project whose commands can run: they need the SDK, which this repository has, too. */
export async function renderCommands(): Promise<string> {
  const cwd = temporary();
  const { status, stderr } = await run([SERVICE, ...RENDER_ONLY], { cwd });
  if (status !== 0) throw new Error(stderr);
  const project = join(cwd, SERVICE);
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  return project;
}

/** An environment of its own, with commands that act on it. */
export class Environment {
  readonly aws: Aws;
  readonly world: World;
  private readonly project: string;
  private readonly running = new Set<ChildProcess>();

  private constructor(project: string, aws: Aws) {
    this.project = project;
    this.aws = aws;
    this.world = aws.world;
  }

  static async start(project: string, settings: Partial<Settings> = {}): Promise<Environment> {
    const staging = { ...SETTINGS, ...settings };
    writeFileSync(join(project, 'deploy', 'environments.json'), JSON.stringify({ staging }));
    return new Environment(project, await new Aws(new World()).start());
  }

  async stop(): Promise<void> {
    for (const child of this.running) child.kill('SIGKILL');
    await this.aws.stop();
  }

  /** Puts an image into place as a finished release leaves it. */
  released(pushed: Image, different: Partial<Recorded> = {}): Image {
    const { world } = this;
    world.push(pushed);
    const { taskDefinitionArn = '', revision } = world.register({
      family: NAME,
      containerDefinitions: [{ name: 'app', image: `${REPOSITORY}@${pushed.digest}` }],
    });
    const number = this.releases.length + 1;
    const previous = world.primary.taskDefinition;
    if (!world.schema.includes(pushed.schema)) world.schema.push(pushed.schema);
    world.settleOn(taskDefinitionArn);
    const now = new Date().toISOString();
    this.record({
      digest: pushed.digest,
      commit: pushed.commit,
      version: pushed.name,
      schema: pushed.schema,
      oldestCode: pushed.labels['schema.oldest-code'],
      committedAt: pushed.labels['commit.time'],
      number,
      kind: 'deploy',
      state: 'verified',
      step: 'verify',
      by: 'tester',
      startedAt: now,
      updatedAt: now,
      changedAt: now,
      revision,
      taskDefinition: taskDefinitionArn,
      previous,
      migrated: true,
      ...different,
    });
    return pushed;
  }

  private record(release: Readonly<Record<string, unknown>> & { readonly number: number }): void {
    const Name = `/${SERVICE}/staging/releases/${String(release.number).padStart(6, '0')}`;
    this.world.parameters.set(Name, { Name, Value: JSON.stringify(release), Version: 1 });
  }

  /** The records, oldest first. */
  get releases(): readonly Recorded[] {
    return [...this.world.parameters.values()]
      .filter(({ Name = '' }) => Name.startsWith(`/${SERVICE}/staging/releases/`))
      .map(({ Value = '' }) => JSON.parse(Value) as Recorded);
  }

  /** The version that all tasks run, when nothing is replaced any more. */
  get runs(): string {
    const { world } = this;
    const names = new Set(
      world.running.map(({ taskDefinitionArn = '' }) => world.imageOf(taskDefinitionArn).name),
    );
    const [only = 'nothing', ...others] = names;
    return others.length > 0 ? [...names].join(' and ') : only;
  }

  async deploy({ digest }: Pick<Image, 'digest'>, ...flags: readonly string[]): Promise<Finished> {
    return finished(await this.start('deploy', ['--image', digest, ...flags]));
  }

  async rollback(...flags: readonly string[]): Promise<Finished> {
    return finished(await this.start('rollback', flags));
  }

  /** Starts a command without waiting for it. */
  async start(
    command: string,
    flags: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ): Promise<ChildProcess> {
    const env: NodeJS.ProcessEnv = {
      ...(await node24Environment()),
      AWS_ENDPOINT_URL: this.aws.endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_CONFIG_FILE: join(this.project, 'no-such-file'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.project, 'no-such-file'),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...more,
    };
    const args = ['deploy/cli.ts', command, '--environment', 'staging', ...flags];
    const child = spawn(env['NODE'] ?? 'node', args, {
      cwd: this.project,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.running.add(child);
    return child;
  }
}

export async function finished(child: ChildProcess): Promise<Finished> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...output };
}
