import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment, outcomeOf, run, RENDER_ONLY, start, type Outcome } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { contents, snapshot, type Snapshot } from '../support/tree.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
type EndingSignal = (typeof SIGNALS)[number];

/** Statuses that shells report, by signal; before a run listens to signals, the signal itself ends it. */
const STATUS = { SIGINT: 130, SIGTERM: 143, SIGKILL: null } as const;

/** Rounds per kind of target and signal, half of them spread over the whole run and half over its writing. */
const ROUNDS = 8;

interface Target {
  /** The directory argument. */
  readonly argument: string;
  /** The folder that the project goes to. */
  readonly folder: string;
  readonly cwd: string;
  /** What is in the folder before; undefined where there is none. */
  readonly before: Snapshot | undefined;
}

const TARGETS: Readonly<Record<string, () => Target>> = {
  'a new folder': () => {
    const cwd = temporary();
    return { argument: 'my-api', folder: join(cwd, 'my-api'), cwd, before: undefined };
  },
  'the current, empty folder': () => {
    const cwd = join(temporary(), 'my-api');
    mkdirSync(cwd);
    return { argument: '.', folder: cwd, cwd, before: {} };
  },
  'a folder that holds only .git': () => {
    const cwd = temporary();
    execFileSync('git', ['init', '--quiet', 'my-api'], { cwd, env: cleanEnvironment() });
    const folder = join(cwd, 'my-api');
    return { argument: 'my-api', folder, cwd, before: snapshot(folder) };
  },
};

let complete: Snapshot;
/** Milliseconds that a whole run takes, and that it takes from its first trace on the disk. */
let duration: number;
let writing: number;

beforeAll(async () => {
  const cwd = temporary();
  const started = performance.now();
  const child = start(['my-api', ...RENDER_ONLY], { cwd });
  const outcome = outcomeOf(child);
  const firstTrace = traceIn(cwd).then(() => performance.now());
  await outcome;
  const ended = performance.now();
  duration = ended - started;
  writing = ended - (await firstTrace);
  complete = contents(join(cwd, 'my-api'));
});

/** Resolves when something appears in a folder. */
async function traceIn(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => {
      watcher.close();
      resolve();
    });
  });
}

/** Runs and sends a signal at one of the {@link ROUNDS} points. */
async function interrupted(target: Target, signal: EndingSignal, round: number): Promise<Outcome> {
  const trace = traceIn(target.cwd === target.folder ? join(target.cwd, '..') : target.cwd);
  const child = start([target.argument, ...RENDER_ONLY], { cwd: target.cwd });
  const outcome = outcomeOf(child);
  if (round % 2 === 0) {
    await sleep((duration * round) / ROUNDS);
  } else {
    await Promise.race([trace, outcome]);
    await sleep((writing * (round - 1)) / ROUNDS);
  }
  child.kill(signal);
  return outcome;
}

function isComplete(folder: string): boolean {
  return existsSync(folder) && JSON.stringify(contents(folder, ['.git'])) === JSON.stringify(complete);
}

function isAsBefore({ folder, before }: Target): boolean {
  if (before === undefined) return !existsSync(folder);
  return JSON.stringify(snapshot(folder)) === JSON.stringify(before);
}

function siblings({ folder }: Target): readonly string[] {
  return readdirSync(join(folder, '..'));
}

const cases = Object.keys(TARGETS).flatMap((kind) => SIGNALS.map((signal) => [signal, kind] as const));

describe.each(cases)('%s while %s is written', (signal, kind) => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'leaves it as it was or complete (point %i)',
    async (round) => {
      const target = TARGETS[kind]?.() as Target;
      const outcome = await interrupted(target, signal, round);

      const expected = outcome.status === 0 ? [0] : [STATUS[signal], null];
      expect(expected).toContain(outcome.status);
      // After SIGKILL, entries of a folder that was there may be half moved: the next run puts that right.
      const mayBeHalfMoved = signal === 'SIGKILL' && target.before !== undefined;
      if (outcome.status === 0) expect(isComplete(target.folder)).toBe(true);
      else if (!mayBeHalfMoved) expect(isAsBefore(target) || isComplete(target.folder)).toBe(true);
      if (signal !== 'SIGKILL') expect(siblings(target)).toEqual(existsSync(target.folder) ? ['my-api'] : []);

      const next = await run([target.argument, ...RENDER_ONLY], { cwd: target.cwd });
      expect(isComplete(target.folder)).toBe(true);
      expect([0, 2]).toContain(next.status);
      if (next.status === 2) expect(next.stderr).toContain('is not empty.');
      else expect(siblings(target)).toEqual(['my-api']);
    },
  );
});

describe('after a run that was killed', () => {
  it('the next one into another folder beside it removes what is left', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const target = TARGETS['a new folder']?.() as Target;
      const child = start([target.argument, ...RENDER_ONLY], { cwd: target.cwd });
      const outcome = outcomeOf(child);
      await Promise.race([traceIn(target.cwd), outcome]);
      child.kill('SIGKILL');
      await outcome;
      if (!siblings(target).some((name) => name.endsWith('.tmp'))) continue;
      await run(['other', ...RENDER_ONLY], { cwd: target.cwd });
      expect(siblings(target).filter((name) => name !== 'my-api')).toEqual(['other']);
      return;
    }
    throw new Error('20 runs were killed and none of them left a temporary folder');
  });

  it('a dry run removes nothing', async () => {
    const cwd = temporary();
    const leftover = join(cwd, '.my-api.prod-forge-00000000-1-000000000000.tmp');
    mkdirSync(leftover);
    const before = snapshot(cwd);
    await run(['my-api', '--yes', '--dry-run'], { cwd });
    expect(snapshot(cwd)).toEqual(before);
  });
});
