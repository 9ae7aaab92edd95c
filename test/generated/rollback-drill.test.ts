import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import { Environment, renderCommands } from './support/aws/environment.ts';
import { image, type Image } from './support/aws/images.ts';
import { ALARMS } from './support/aws/world.ts';
import { Fleet } from './support/drill/fleet.ts';
import { Load } from './support/drill/load.ts';
import { node24Environment, renderInstalled, runNpm } from './support/example.ts';

const NEWEST_SCHEMA = 'CreateIdempotencyKeys1760100000000';
/** Of so many answers in a row that the balancer passes on, … */
const WINDOW = 50;
/** … so many errors make the alarm sound. */
const TOO_MANY = 5;
/** What it may take at the most until tasks of before serve again: two processes have to start, on a busy machine. */
const RECOVERY_MS = 60_000;

const real = (name: string): Image =>
  image(name, { schema: NEWEST_SCHEMA, starts: 'when its processes are ready' });

/** The service itself, in versions, behind the stand-in of AWS: what a release does to the people who use it. */
describe('a bad release under load', () => {
  let good: string;
  let bad: string;
  let database: ChildProcess;
  let fleet: Fleet;
  let environment: Environment;
  let load: Load;

  beforeAll(async () => {
    good = await renderInstalled(temporary());
    const built = await runNpm(['run', 'build'], good);
    if (built.status !== 0) throw new Error(built.output);
    bad = spoiled(good);
    const env = await node24Environment();
    const driver = join(root, 'test', 'generated', 'support', 'drill', 'database.mjs');
    database = spawn(env['NODE'] ?? 'node', [driver], { cwd: good, env, stdio: ['pipe', 'pipe', 'inherit'] });
    const url = await lineOf(database, /^postgres/);

    environment = await Environment.start(await renderCommands(), {
      bakeSeconds: 4,
      rolloutMinutes: 1,
      pollSeconds: 0.2,
    });
    fleet = new Fleet(
      { folderOf: ({ name }) => (name.includes('bad') ? bad : good) },
      {
        PATH: env['PATH'],
        NODE: env['NODE'],
        NODE_ENV: 'production',
        ALLOW_ANONYMOUS: 'true',
        TRUSTED_PROXIES: '0',
        HOST: '127.0.0.1',
        DRAIN_MS: '0',
        RATE_LIMIT_REQUESTS: '0',
        DATABASE_URL: url,
        DATABASE_TLS: 'disable',
      },
    );
    const { aws, world } = environment;
    world.runner = fleet;
    aws.route = (taskDefinition) => fleet.next(taskDefinition);
    const answers: number[] = [];
    aws.onAnswer = (status) => {
      answers.push(status);
      const errors = answers.slice(-WINDOW).filter((code) => code >= 500).length;
      for (const name of ALARMS.slice(0, 1))
        if (errors >= TOO_MANY) world.sounding.add(name);
        else world.sounding.delete(name);
    };
    load = new Load(aws.address);
  });

  afterAll(async () => {
    await load.stop();
    await fleet.stop();
    await environment.stop();
    database.stdin?.end();
    await once(database, 'exit');
  });

  it('is noticed, undone and over, and a good one before it cost nobody a request', async () => {
    const { world } = environment;
    const first = await environment.deploy(world.push(real('1.0.0')));
    expect([first.status, first.stdout]).toEqual([0, expect.stringContaining('was verified')]);
    load.start(6);

    const second = await environment.deploy(world.push(real('1.1.0')));
    expect([second.status, environment.runs]).toEqual([0, '1.1.0']);
    expect(load.failedSince(0)).toEqual({ failed: 0, milliseconds: 0 });

    const began = Date.now();
    const third = await environment.deploy(world.push(real('1.2.0-bad')));
    expect(third.stdout).toMatch(/the alarm \S+ sounds/);
    expect([third.status, environment.runs]).toEqual([5, '1.1.0']);
    const { failed, milliseconds } = load.failedSince(began);
    expect(failed).toBeGreaterThan(0);
    expect(milliseconds).toBeLessThan(RECOVERY_MS);
    const over = Date.now();

    const before = load.total;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(load.failedSince(over)).toEqual({ failed: 0, milliseconds: 0 });
    expect(load.total).toBeGreaterThan(before + 50);

    const figures = {
      requests: load.total,
      failed,
      millisecondsOfFailures: milliseconds,
      millisecondsInAll: over - began,
    };
    mkdirSync(join(root, 'reports'), { recursive: true });
    writeFileSync(join(root, 'reports', 'rollback-drill.json'), `${JSON.stringify(figures, undefined, 2)}\n`);
  });

  /** The same service, whose writes fail: its probes and its version are as they should be. */
  function spoiled(project: string): string {
    const copy = join(temporary(), 'bad');
    cpSync(project, copy, {
      recursive: true,
      filter: (path) => !/node_modules|\.data/.test(path.slice(project.length)),
    });
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    const file = join(copy, 'dist', 'todos', 'todos.controller.js');
    const text = readFileSync(file, 'utf8');
    const spoilt = text.replace(/(\basync create\([^)]*\) \{)/, "$1 throw new Error('a bad release');");
    if (spoilt === text) throw new Error('there is nothing to spoil in todos.controller.js');
    writeFileSync(file, spoilt);
    return copy;
  }

  async function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
    if (!child.stdout) throw new Error('the process has no output');
    for await (const line of createInterface({ input: child.stdout })) if (pattern.test(line)) return line;
    throw new Error('the process ended before it said what was waited for');
  }
});
