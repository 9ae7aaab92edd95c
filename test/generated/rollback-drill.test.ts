import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import { Environment, renderCommands } from './support/aws/environment.ts';
import { image, type Image } from './support/aws/images.ts';
import { ALARMS } from './support/aws/world.ts';
import { buildOf, spoiled, withMigration, type Build } from './support/drill/builds.ts';
import { Fleet } from './support/drill/fleet.ts';
import { Load } from './support/drill/load.ts';
import { node24Environment, renderInstalled } from './support/example.ts';

/** Of so many answers in a row that the balancer passes on, … */
const WINDOW = 50;
/** … so many errors make the alarm sound. */
const TOO_MANY = 5;
/** What it may take at the most until tasks of before serve again: two processes have to start, on a busy machine. */
const RECOVERY_MS = 60_000;

const CONTROLLER = join('dist', 'todos', 'todos.controller.js');

/** The service itself, in versions, behind the stand-in of AWS: what a release does to the people who use it. */
describe('a release under load', () => {
  const builds = new Map<string, Build>();
  const figures: Record<string, object> = {};
  let database: ChildProcess;
  let fleet: Fleet;
  let environment: Environment;
  let load: Load;

  beforeAll(async () => {
    const first = await buildOf(await renderInstalled(temporary()));
    const second = await withMigration(
      first,
      'add-note-to-todos',
      'ALTER TABLE todos ADD COLUMN note varchar(200)',
    );
    builds.set('1.0.0', first);
    builds.set('1.1.0', second);
    builds.set(
      '1.2.0',
      spoiled(second, CONTROLLER, /(\basync create\([^)]*\) \{)/, "$1 throw new Error('a bad release');"),
    );
    // As users list todos, and smoke tests do not.
    builds.set(
      '1.3.0',
      spoiled(
        second,
        CONTROLLER,
        /(\basync list\([^)]*\) \{)/,
        "$1 if (arguments[1].limit === 20 && arguments[1].q === undefined) throw new Error('a bad release');",
      ),
    );
    builds.set('1.4.0', await withMigration(second, 'divide-by-zero', 'SELECT 1 / 0'));

    const env = await node24Environment();
    const driver = join(root, 'test', 'generated', 'support', 'drill', 'database.mjs');
    database = spawn(env['NODE'] ?? 'node', [driver], {
      cwd: first.folder,
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const urls = JSON.parse(await lineOf(database, /^\{/)) as { owner: string; service: string };

    environment = await Environment.start(await renderCommands(), {
      bakeSeconds: 4,
      rolloutMinutes: 1,
      migrationMinutes: 1,
      pollSeconds: 0.2,
    });
    fleet = new Fleet(
      { folderOf: ({ name }) => builds.get(name)?.folder ?? '' },
      {
        PATH: env['PATH'],
        NODE: env['NODE'],
        NODE_ENV: 'production',
        ALLOW_ANONYMOUS: 'true',
        TRUSTED_PROXIES: '0',
        HOST: '127.0.0.1',
        DRAIN_MS: '0',
        RATE_LIMIT_REQUESTS: '0',
        DATABASE_URL: urls.service,
        DATABASE_TLS: 'disable',
      },
      { DATABASE_URL: urls.owner, DATABASE_APP_USER: 'drill_app' },
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
    mkdirSync(join(root, 'reports'), { recursive: true });
    writeFileSync(join(root, 'reports', 'rollback-drill.json'), `${JSON.stringify(figures, undefined, 2)}\n`);
  });

  it('makes the database, and is used before anybody else uses it', async () => {
    const { status, stdout } = await environment.deploy(pushed('1.0.0'));
    expect([status, stdout]).toEqual([0, expect.stringContaining('was verified')]);
    expect(stdout).toMatch(/\| \{.*CreateTodos1760000000000/);
    expect(await titles('Smoke test')).toEqual([]);
    load.start(6);
  });

  it('costs nobody a request where it is good, though it migrates', async () => {
    const { status, stdout } = await environment.deploy(pushed('1.1.0'));
    expect(stdout).toMatch(/\| \{.*AddNoteToTodos\d{13}/);
    expect([status, environment.runs]).toEqual([0, '1.1.0']);
    expect(load.failedSince(0)).toEqual({ failed: 0, milliseconds: 0 });
    const version = await fetch(`${environment.aws.address}/version`);
    expect(await version.json()).toMatchObject({ schemaVersion: builds.get('1.1.0')?.schema });
  });

  it.each([
    ['writes fail', '1.2.0', /creating a todo answers 500|the alarm \S+ sounds/],
    ['something fails that no smoke test does', '1.3.0', /the alarm \S+ sounds/],
  ])('is noticed, undone and over where %s', async (_, version, reason) => {
    const began = Date.now();
    const { status, stdout } = await environment.deploy(pushed(version));
    expect(stdout).toMatch(reason);
    expect([status, environment.runs]).toEqual([5, '1.1.0']);
    const { failed, milliseconds } = load.failedSince(began);
    expect(failed).toBeGreaterThan(0);
    expect(milliseconds).toBeLessThan(RECOVERY_MS);

    const over = Date.now();
    const before = load.total;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(load.failedSince(over)).toEqual({ failed: 0, milliseconds: 0 });
    expect(load.total).toBeGreaterThan(before + 50);
    expect(await titles('Smoke test')).toEqual([]);
    figures[version] = {
      requests: load.total,
      failed,
      millisecondsOfFailures: milliseconds,
      millisecondsInAll: over - began,
    };
  });

  it('is not begun where its migration fails, whose log says why', async () => {
    const began = Date.now();
    const { status, stdout } = await environment.deploy(pushed('1.4.0'));
    expect(stdout).toMatch(/\| \{.*division by zero/);
    expect(stdout).toContain('The migration ended with exit status 1.');
    expect([status, environment.runs]).toEqual([4, '1.1.0']);
    expect(load.failedSince(began)).toEqual({ failed: 0, milliseconds: 0 });
  });

  function pushed(version: string): Image {
    const schema = builds.get(version)?.schema ?? '';
    const starts = 'when its processes are ready';
    return environment.world.push(image(version, { schema, starts, migration: 'runs as a process' }));
  }

  /** Of todos that have a word. */
  async function titles(words: string): Promise<readonly string[]> {
    const response = await fetch(`${environment.aws.address}/v1/todos?q=${encodeURIComponent(words)}`);
    const { items } = (await response.json()) as { items: readonly { title: string }[] };
    return items.map(({ title }) => title);
  }

  async function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
    if (!child.stdout) throw new Error('the process has no output');
    for await (const line of createInterface({ input: child.stdout })) if (pattern.test(line)) return line;
    throw new Error('the process ended before it said what was waited for');
  }
});
