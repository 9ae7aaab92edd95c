import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, watch, writeFileSync } from 'node:fs';
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
const ROUNDS = 6;

/** How many rounds run at a time. */
const AT_ONCE = 2;

interface Target {
  /** The directory argument. */
  readonly argument: string;
  /** The folder that the project goes to. */
  readonly folder: string;
  readonly cwd: string;
  /** What is in the folder before; undefined where there is none. */
  readonly before: Snapshot | undefined;
  readonly flags?: readonly string[];
}

/** A folder of a user's own, beside the project's entries. */
const FOREIGN = 'of-the-user';

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
  'a folder with other files': () => {
    const cwd = temporary();
    const folder = join(cwd, 'my-api');
    mkdirSync(join(folder, FOREIGN), { recursive: true });
    writeFileSync(join(folder, FOREIGN, 'file'), 'mine');
    return { argument: 'my-api', folder, cwd, before: snapshot(folder), flags: ['--force'] };
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
  const child = start(argumentsFor(target), { cwd: target.cwd });
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

function argumentsFor({ argument, flags = [] }: Target): readonly string[] {
  return [argument, ...RENDER_ONLY, ...flags];
}

/** Whether the project is there, all of it, and what was there before, too. */
function isComplete({ folder, before = {} }: Target): boolean {
  if (!existsSync(folder)) return false;
  const now = snapshot(folder);
  const isKept = Object.entries(before).every(([path, state]) => now[path] === state);
  return isKept && JSON.stringify(contents(folder, ['.git', FOREIGN])) === JSON.stringify(complete);
}

function isAsBefore({ folder, before }: Target): boolean {
  if (before === undefined) return !existsSync(folder);
  return JSON.stringify(snapshot(folder)) === JSON.stringify(before);
}

function siblings({ folder }: Target): readonly string[] {
  return readdirSync(join(folder, '..'));
}

const cases = Object.keys(TARGETS).flatMap((kind) => SIGNALS.map((signal) => [signal, kind] as const));

/** What is wrong after one round and the run that follows it; empty where nothing is. */
async function problemsOf(kind: string, signal: EndingSignal, round: number): Promise<readonly string[]> {
  const target = TARGETS[kind]?.() as Target;
  const outcome = await interrupted(target, signal, round);
  const isWhole = isComplete(target);
  const isUntouched = isAsBefore(target);
  // After SIGKILL, entries of a folder that was there may be half moved: the next run puts that right.
  const mayBeHalfMoved = signal === 'SIGKILL' && target.before !== undefined;
  const isClean = siblings(target).join() === (existsSync(target.folder) ? 'my-api' : '');

  const next = await run(argumentsFor(target), { cwd: target.cwd });
  const claims: readonly (readonly [string, boolean])[] = [
    [`status ${outcome.status}`, [0, STATUS[signal], null].includes(outcome.status)],
    ['done, but not complete', outcome.status !== 0 || isWhole],
    ['half a project', isWhole || isUntouched || mayBeHalfMoved],
    ['a temporary folder is left', signal === 'SIGKILL' || isClean],
    [`the next run ended with ${next.status}: ${next.stderr}`, next.status === (isWhole ? 2 : 0)],
    ['not complete after the next run', isComplete(target)],
    ['the next run left a temporary folder', isWhole || siblings(target).join() === 'my-api'],
  ];
  return claims.filter(([, holds]) => !holds).map(([problem]) => `point ${round}: ${problem}`);
}

describe.each(cases)('%s while %s is written', (signal, kind) => {
  it('leaves it as it was or complete', async () => {
    const problems: string[] = [];
    for (let round = 0; round < ROUNDS; round += AT_ONCE) {
      const rounds = Array.from({ length: AT_ONCE }, (_, index) => problemsOf(kind, signal, round + index));
      problems.push(...(await Promise.all(rounds)).flat());
    }
    expect(problems).toEqual([]);
  });
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
