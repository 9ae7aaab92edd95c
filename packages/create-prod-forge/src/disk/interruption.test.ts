import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleChild, runChild, startChild } from '../testing/child.ts';
import { readTree, temporaryFolder } from '../testing/folder.ts';
import { describeWhere } from '../testing/requirement.ts';
import { sampleTree } from './sample-project.ts';
import { inspectTarget } from './target.ts';
import type { WriteOrder, WriteReport } from './writer.child.ts';

const root = temporaryFolder();
const STATES = ['absent', 'empty', 'git-only'] as const;
const GIT = { '.git/HEAD': 'ref: refs/heads/trunk\n' };
const EXTRA = 400;
const NO_SIGNALS = process.platform === 'win32' ? 'Windows ends a process without asking it.' : undefined;

let bundle: string;

beforeAll(async () => {
  bundle = await bundleChild(join(import.meta.dirname, 'writer.child.ts'), root);
}, 60_000);

describe.each(STATES)('a target that is %s', (state) => {
  test.each(['same', 'another'] as const)(
    'is as it was or complete after SIGKILL at any change to the disk, and the next run into the %s target cleans up',
    async (next) => {
      const scenes = await everyCall(state, `kill-${next}`);
      for (const [index, scene] of scenes.entries()) {
        const { signal } = await runChild(bundle, {
          orders: [{ target: scene.target, fault: { call: index + 1, kind: 'kill' } }],
        });
        expect(signal).toBe('SIGKILL');
        expectAbsentOrComplete(scene, state);
      }
      const complete = scenes.map(({ target }) => typeof inspectTarget(target) === 'object');
      const reports = await write(
        scenes.map(({ parent, target }) => ({ target: next === 'same' ? target : join(parent, 'another') })),
      );
      for (const [index, { parent }] of scenes.entries()) {
        const isComplete = complete[index] === true;
        const refused = next === 'same' && isComplete;
        expect(reports[index]).toMatchObject(
          refused ? { failure: { code: 'target-occupied' } } : { files: Object.keys(sampleTree()).length },
        );
        expect(readTree(parent)).toEqual({
          ...expectedTree(state, isComplete || next === 'same'),
          ...(next === 'another' ? prefixed('another', sampleTree()) : {}),
        });
      }
      expect(new Set(complete)).toEqual(new Set([false, true]));
    },
    120_000,
  );

  test.each(['ENOSPC', 'EACCES', 'EIO'])(
    'is as it was after %s at any change to the disk, and nothing is left',
    async (code) => {
      const scenes = await everyCall(state, code);
      const reports = await write(
        scenes.map(({ target }, index) => ({ target, fault: { call: index + 1, kind: 'fail', code } })),
      );
      for (const [index, { parent }] of scenes.entries()) {
        const { failure } = reports[index] ?? {};
        const tree = readTree(parent);
        // A run that succeeded may leave a folder that it could not remove.
        expect(failure ? tree : withoutLeftovers(tree)).toEqual(expectedTree(state, failure === undefined));
        expect([undefined, 'disk-full', 'not-writable', 'disk-failure']).toContain(failure?.code);
        expect([undefined, 1]).toContain(failure?.exitStatus);
      }
      expect(reports.filter(({ failure }) => failure).length).toBeGreaterThan(10);
    },
    60_000,
  );

  test('is as it was or complete after SIGKILL at any time of writing a large project', async () => {
    const scene = makeScene(state, 'random');
    const { duration } = await timed(async () => write([{ target: scene.target, extra: EXTRA }]));
    for (let round = 0; round < 8; round++) {
      const { parent, target } = makeScene(state, `random-${round}`);
      const { child } = startChild(bundle, { orders: [{ target, extra: EXTRA }] });
      setTimeout(() => child.kill('SIGKILL'), (duration * (round + 1)) / 9);
      await new Promise((resolve) => child.once('close', resolve));
      expectAbsentOrComplete({ parent, target }, state, EXTRA);
      if (typeof inspectTarget(target) === 'object') continue;
      await write([{ target, extra: EXTRA }]);
      expect(readTree(parent)).toEqual(expectedTree(state, true, EXTRA));
    }
  }, 120_000);

  describeWhere(NO_SIGNALS, 'and signals', () => {
    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)(
      'is as it was after %s, nothing is left, and the exit status is %i',
      async (signal, status) => {
        const { parent, target } = makeScene(state, signal);
        const { child, ended } = startChild(bundle, { orders: [{ target, extra: 20_000 }] });
        child.stdout.once('data', () => setTimeout(() => child.kill(signal), 50));
        await expect(ended).resolves.toMatchObject({ status, signal: null });
        expect(readTree(parent)).toEqual(expectedTree(state, false));
      },
      60_000,
    );
  });
});

interface Scene {
  readonly parent: string;
  readonly target: string;
}

/** A folder with a target in the given state and a neighbour that must survive. */
function makeScene(state: (typeof STATES)[number], name: string): Scene {
  const parent = join(root, `${state}-${name}`);
  const target = join(parent, 'my-api');
  mkdirSync(parent);
  writeFileSync(join(parent, 'keep'), 'kept');
  if (state !== 'absent') mkdirSync(target);
  if (state === 'git-only') {
    mkdirSync(join(target, '.git'));
    for (const [path, content] of Object.entries(GIT)) writeFileSync(join(target, path), content);
  }
  return { parent, target };
}

/** One scene for every call that changes the disk when the sample is written. */
async function everyCall(state: (typeof STATES)[number], name: string): Promise<readonly Scene[]> {
  const [report] = await write([{ target: makeScene(state, `${name}-count`).target }]);
  return Array.from({ length: report?.calls ?? 0 }, (_, index) => makeScene(state, `${name}-${index}`));
}

async function write(orders: readonly WriteOrder[]): Promise<readonly WriteReport[]> {
  const { stdout } = await runChild(bundle, { orders });
  return JSON.parse(stdout) as readonly WriteReport[];
}

function before(state: (typeof STATES)[number]): Readonly<Record<string, string>> {
  return state === 'git-only' ? GIT : {};
}

/** Between the moves into an existing target some entries may have arrived; each is complete, and counts as nothing there. */
function expectAbsentOrComplete({ parent, target }: Scene, state: (typeof STATES)[number], extra = 0): void {
  const others = readdirSync(parent).filter((entry) => entry !== 'my-api' && !entry.endsWith('.tmp'));
  expect(others).toEqual(['keep']);
  const found = inspectTarget(target);
  if (found === state) return;
  expect(found).toEqual({ occupied: ['.gitignore', 'bin', 'package.json', 'src'] });
  expect(readTree(target)).toEqual({ ...before(state), ...sampleTree(extra) });
}

/** What a scene holds when the target is complete, or as it was. */
function expectedTree(
  state: (typeof STATES)[number],
  isComplete: boolean,
  extra = 0,
): Readonly<Record<string, string>> {
  return {
    keep: 'kept',
    ...prefixed('my-api', { ...before(state), ...(isComplete && sampleTree(extra)) }),
    ...(state === 'empty' && !isComplete && { 'my-api': 'folder' }),
  };
}

function withoutLeftovers(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.includes('.prod-forge-')));
}

function prefixed(folder: string, tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).map(([path, content]) => [`${folder}/${path}`, content]));
}

async function timed(work: () => Promise<unknown>): Promise<{ readonly duration: number }> {
  const started = performance.now();
  await work();
  return { duration: performance.now() - started };
}
