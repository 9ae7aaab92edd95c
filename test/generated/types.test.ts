import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { EXAMPLE, execute, installExample, runNpm } from './support/example.ts';
import { TEMPLATES } from './support/generator.ts';
import { projectOf, worldOf, type Folder, type Project, type World } from './support/world.ts';

const MODULES = join(EXAMPLE, 'node_modules');

let world: World;

beforeAll(async () => {
  await installExample();
  world = await worldOf(TEMPLATES);
});

/** A project that the folder is part of, with its overlays for other features if there is one that has these. */
async function projectWith({ id, files }: Folder): Promise<Project> {
  const configurations = world.configurations.filter((candidate) =>
    Object.entries(candidate).some(([group, option]) => id === `${group}-${String(option)}`),
  );
  const projects = await Promise.all(
    (configurations.length > 0 ? configurations : [{}]).map((configuration) =>
      projectOf(world.generator.api, configuration),
    ),
  );
  const parts = (project: Project) => files.filter(({ path }) => project.files.has(path)).length;
  return projects.reduce((best, other) => (parts(other) > parts(best) ? other : best));
}

/** What `package.json` files within a project say of names that begin with `#`, for each of the roots. */
function pathsOf(files: Project['files'], roots: readonly string[]): Record<string, readonly string[]> {
  const manifests = [...files].filter(([path]) => path.endsWith('/package.json'));
  return Object.fromEntries(
    manifests.flatMap(([path, content]) => {
      const { imports = {} } = JSON.parse(content.toString()) as { imports?: Record<string, string> };
      return Object.entries(imports).map(([name, to]) => [
        name,
        roots.map((root) => `./${join(root, dirname(path), to)}`),
      ]);
    }),
  );
}

/**
 * The compiler's complaints about the plain TypeScript files of an overlay, where they stand; what they import comes from the
 * project that they would be part of.
 */
async function complaints(folder: Folder): Promise<string> {
  const workspace = temporary();
  const { files } = await projectWith(folder);
  const own = new Set(folder.files.map(({ path }) => path));
  for (const [path, content] of files) {
    if (own.has(path)) continue;
    mkdirSync(dirname(join(workspace, 'base', path)), { recursive: true });
    writeFileSync(join(workspace, 'base', path), content);
  }
  const overlays = readdirSync(folder.directory).filter((name) => /^files(\.|$)/.test(name));
  for (const overlay of overlays) {
    cpSync(join(folder.directory, overlay), join(workspace, overlay), { recursive: true });
    for (const scope of scopesOf([...files.keys()]))
      completeScope(join(workspace, 'base', scope), join(workspace, overlay, scope));
  }
  const manifests = [files.get('package.json')?.toString() ?? '{}', manifestOf(folder)];
  await linkModules(manifests, workspace);

  const roots = [...overlays, 'base'];
  const { compilerOptions } = JSON.parse(files.get('tsconfig.json')?.toString() ?? '{}') as {
    compilerOptions: object;
  };
  const settings = {
    compilerOptions: {
      ...compilerOptions,
      rootDir: '.',
      rootDirs: roots.map((path) => `./${path}`),
      paths: pathsOf(files, roots),
      preserveSymlinks: true,
      resolveJsonModule: true,
      allowJs: true,
      checkJs: false,
      noEmit: true,
    },
    include: overlays.map((overlay) => `${overlay}/**/*.ts`),
  };
  // Without it the files would be read as if nothing said which module system they are in.
  cpSync(join(workspace, 'base', 'package.json'), join(workspace, 'package.json'), { force: true });
  writeFileSync(join(workspace, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(MODULES, 'typescript', 'bin', 'tsc');
  const { output } = await execute([process.execPath, tsc, '--project', workspace, '--pretty', 'false'], {
    cwd: workspace,
  });
  return output;
}

/** The folders below the root that have a package.json: names that begin with # are looked up there. */
function scopesOf(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.endsWith('/package.json')).map((path) => dirname(path));
}

/** A scope is one place for the compiler: what an overlay adds to it lies beside the rest. */
function completeScope(base: string, overlay: string): void {
  if (existsSync(overlay) && existsSync(base)) cpSync(base, overlay, { recursive: true, force: false });
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf({ directory }: Folder): string {
  return readFileSync(join(directory, 'package.json'), 'utf8');
}

/** The example's packages, and those that this feature brings, or the project that it is part of. */
async function linkModules(manifests: readonly string[], workspace: string): Promise<void> {
  const packages = manifests.map((text) => {
    const { dependencies, devDependencies } = JSON.parse(text) as Manifest;
    return { ...dependencies, ...devDependencies };
  });
  const extra = Object.entries(Object.assign({}, ...packages) as Record<string, string>).filter(
    ([name]) => !existsSync(join(MODULES, name)),
  );
  if (extra.length === 0) {
    symlinkSync(MODULES, join(workspace, 'node_modules'));
    return;
  }
  const place = join(workspace, 'extra');
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{ "private": true }');
  const specifiers = extra.map(([name, version]) => `${name}@${version}`);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, output } = await runNpm(['install', ...flags, ...specifiers], place);
  if (status !== 0) throw new Error(output);
  for (const modules of [MODULES, join(place, 'node_modules')])
    linkPackages(modules, join(workspace, 'node_modules'));
}

function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from).filter((name) => !name.startsWith('.'))) {
    if (entry.startsWith('@')) linkPackages(join(from, entry), join(to, entry));
    else if (!existsSync(join(to, entry))) symlinkSync(join(from, entry), join(to, entry));
  }
}

describe('the TypeScript files of an overlay', () => {
  it('fit where they stand', async () => {
    const typed = world.folders.filter(({ files }) => files.some(({ path }) => path.endsWith('.ts')));
    expect(typed.map(({ id }) => id)).toContain('api');
    for (const folder of typed)
      expect({ [folder.id]: await complaints(folder) }).toEqual({ [folder.id]: '' });
  });

  it('would be found not to fit', async () => {
    const directory = join(temporary(), 'store-broken');
    const wrong = `import { AppModule } from './app.module';\nexport const port: number = AppModule.name;\n`;
    mkdirSync(join(directory, 'files', 'src'), { recursive: true });
    writeFileSync(join(directory, 'files', 'src', 'broken.ts'), wrong);
    writeFileSync(join(directory, 'package.json'), '{}');
    const found = await complaints({ id: 'store-broken', directory, files: [] });
    expect(found).toMatch(/^files\/src\/broken\.ts\(2,14\): error TS2322:/);
  });
});
