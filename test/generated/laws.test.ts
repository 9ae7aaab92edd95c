import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { LAWS } from './laws/index.ts';
import { buildGenerator, TEMPLATES } from './support/generator.ts';
import { worldOf, type World } from './support/world.ts';

type LawName = keyof typeof LAWS;

const FIXTURE = join(import.meta.dirname, 'fixtures', 'templates');

describe('the feature folders', () => {
  let world: World;

  beforeAll(async () => {
    world = await worldOf(TEMPLATES);
  });

  it('are rendered into projects', () => {
    expect(world.folders.length).toBeGreaterThan(2);
    expect(world.projects.length).toBeGreaterThan(1);
  });

  it.each(Object.entries(LAWS))('keep the law: %s', (_, law) => {
    expect(law(world)).toEqual([]);
  });

  it('stop the build when one has lost its feature.ts', async () => {
    const templates = join(temporary(), 'templates');
    cpSync(FIXTURE, templates, { recursive: true });
    rmSync(join(templates, QUARTZ, 'feature.ts'));
    await expect(buildGenerator(templates)).rejects.toThrow('store-quartz has no feature.ts');
  });

  it('keep the laws that the build asks for', () => {
    expect(world.generator.api.brokenLaws(world.registry)).toEqual([]);
  });
});

describe('the same folders', () => {
  it('give the same package, wherever they stand', async () => {
    const moved = join(temporary(), 'somewhere', 'else');
    cpSync(TEMPLATES, moved, { recursive: true, filter: (path) => !path.includes('node_modules') });
    const [here, there] = [await buildGenerator(TEMPLATES), await buildGenerator(moved)];
    const text = readFileSync(join(here.dist, 'templates.js'), 'utf8');
    expect(readFileSync(join(there.dist, 'templates.js'), 'utf8') === text).toBe(true);
  });

  it('give the same project, whatever the clock, chance and environment say', async () => {
    const { api } = await buildGenerator(TEMPLATES);
    const answers = { name: 'my-api', preset: 'full' };
    const first = await api.render(answers);
    const spies = [
      import.meta.jest.spyOn(Date, 'now').mockImplementation(() => refuse('the clock')),
      import.meta.jest.spyOn(Math, 'random').mockImplementation(() => refuse('chance')),
      import.meta.jest.spyOn(process, 'cwd').mockImplementation(() => refuse('the working directory')),
    ];
    const environment = process.env;
    try {
      process.env = {};
      const second = await api.render(answers);
      expect(second.map(({ path }) => path)).toEqual(first.map(({ path }) => path));
      for (const [index, { content }] of second.entries())
        expect(content.equals(first[index]?.content ?? Buffer.alloc(0))).toBe(true);
    } finally {
      process.env = environment;
      spies.forEach((spy) => spy.mockRestore());
    }
  });

  function refuse(what: string): never {
    throw new Error(`rendering asked for ${what}`);
  }
});

/** Changes a text file of the fixture. */
function edit(templates: string, path: string, change: (text: string) => string): void {
  const file = join(templates, path);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${path} has nothing to change`);
  writeFileSync(file, after);
}

function add(templates: string, path: string, text: string): void {
  mkdirSync(dirname(join(templates, path)), { recursive: true });
  writeFileSync(join(templates, path), text);
}

/** Changes a rendered file of every project, as a fault of the engine would. */
function spoil(world: World, path: string, change: (text: string) => string): World {
  const projects = world.projects.map((project) => {
    const text = project.files.get(path)?.toString() ?? '';
    return { ...project, files: new Map([...project.files, [path, Buffer.from(change(text))]]) };
  });
  return { ...world, projects };
}

interface Violation {
  readonly law: LawName;
  /** What is done to the folders. */
  readonly plant?: (templates: string) => void;
  /** What is done to what was rendered. */
  readonly fault?: (world: World) => World;
  /** The sentence that must come of it. */
  readonly says: string | RegExp;
}

const PARTS: LawName = 'every feature folder has the same parts, with exact versions';
const NAMES: LawName = 'no feature names another';
const OFF: LawName = 'a project speaks only of what it contains';
const OWNER: LawName = 'a path has one owner';
const RENDERS: LawName = 'every configuration can be rendered';
const SYNTAX: LawName = "nothing of the output's own syntax is eaten";
const HYGIENE: LawName = 'a rendered text carries nothing of the machine or the moment';
const CHECKS: LawName = 'every check is a command of the project';
const RECORD: LawName = 'a project remembers its making';

const QUARTZ = 'options/store-quartz';

const VIOLATIONS: Readonly<Record<string, Violation>> = {
  'a folder without README.md': {
    law: PARTS,
    plant: (templates) => rmSync(join(templates, QUARTZ, 'README.md')),
    says: 'store-quartz: has no README.md',
  },
  'a README.md without a text': {
    law: PARTS,
    plant: (templates) => writeFileSync(join(templates, QUARTZ, 'README.md'), '# Quartz\n'),
    says: 'store-quartz: README.md is not a heading with a text below it',
  },
  'a folder without package.json': {
    law: PARTS,
    plant: (templates) => rmSync(join(templates, QUARTZ, 'package.json')),
    says: 'store-quartz: has no package.json',
  },
  'a range of versions': {
    law: PARTS,
    plant: (templates) =>
      edit(templates, `${QUARTZ}/package.json`, (text) => text.replace('2.0.1', '^2.0.1')),
    says: 'store-quartz: the version of quartz-client is not exact: ^2.0.1',
  },
  'a tag instead of a version': {
    law: PARTS,
    plant: (templates) => edit(templates, 'base/package.json', (text) => text.replace('3.10.1', 'latest')),
    says: 'base: the version of prettier is not exact: latest',
  },
  'a package.json that is CommonJS': {
    law: PARTS,
    plant: (templates) =>
      edit(templates, 'base/package.json', (text) => text.replace('"module"', '"commonjs"')),
    says: 'base: package.json has not the type "module"',
  },
  'a package.json that could be published': {
    law: PARTS,
    plant: (templates) =>
      edit(templates, 'base/package.json', (text) => text.replace('  "private": true,\n', '')),
    says: 'base: package.json is not private',
  },
  'dependencies in a file of the overlay': {
    law: PARTS,
    plant: (templates) =>
      edit(templates, 'base/files/package.json.hbs', (text) =>
        text.replace('{\n', '{\n  "dependencies": {},\n'),
      ),
    says: 'base: files/package.json.hbs lists dependencies',
  },
  'a file that names an option': {
    law: NAMES,
    plant: (templates) => add(templates, 'base/files/src/hint.ts', '// Faster with QUARTZ.\n'),
    says: 'base: files/src/hint.ts names store-quartz',
  },
  'a file that is called after an option': {
    law: NAMES,
    plant: (templates) => add(templates, 'base/files/src/quartz.ts', 'export {};\n'),
    says: 'base: files/src/quartz.ts names store-quartz',
  },
  'a template that imports what an option brings': {
    law: NAMES,
    plant: (templates) => add(templates, 'base/files/src/hint.ts.hbs', "import 'quartz-client';\n"),
    says: 'base: files/src/hint.ts.hbs names store-quartz',
  },
  'a contribution that names an option': {
    law: NAMES,
    plant: (templates) =>
      edit(templates, 'base/feature.ts', (text) =>
        text.replace(
          'derived:',
          "contribute: () => ({ packageJson: { keywords: ['quartz'] } }),\n  derived:",
        ),
      ),
    says: 'base: feature.ts names store-quartz',
  },
  'a summary that names an option': {
    law: NAMES,
    plant: (templates) =>
      edit(templates, 'base/feature.ts', (text) => text.replace('a service', 'without Quartz, a service')),
    says: 'base: feature.ts names store-quartz',
  },
  'a check that names an option': {
    law: NAMES,
    plant: (templates) =>
      edit(templates, 'base/verify.ts', (text) => text.replace('The code keeps', 'Quartz keeps')),
    says: 'base: verify.ts names store-quartz',
  },
  'a README.md that names an option': {
    law: NAMES,
    plant: (templates) =>
      edit(templates, `options/package-manager-yarnish/README.md`, (text) => `${text}\nAlso quartz.\n`),
    says: 'package-manager-yarnish: README.md names store-quartz',
  },
  'a project that mentions an option that is off': {
    law: OFF,
    plant: (templates) => add(templates, 'base/files/docs/cache.md', 'Or yarnish install.\n'),
    says: /--package-manager npm .*docs\/cache\.md mentions package-manager-yarnish, which is off/,
  },
  'two features that write one path': {
    law: OWNER,
    plant: (templates) => add(templates, `${QUARTZ}/files/src/Greeting.ts`, 'export {};\n'),
    says: 'base and store-quartz both write src/Greeting.ts',
  },
  'a folder where another feature has a file': {
    law: OWNER,
    plant: (templates) => add(templates, `${QUARTZ}/files/src/greeting.ts/index.ts`, 'export {};\n'),
    says: 'base and store-quartz both write src/greeting.ts/index.ts',
  },
  'two paths of one feature that differ in case': {
    law: OWNER,
    plant: (templates) => add(templates, 'base/files/readme.md', '# Base\n'),
    says: 'base and base both write readme.md',
  },
  'two features that give one key different values': {
    law: RENDERS,
    plant: (templates) =>
      edit(templates, `${QUARTZ}/feature.ts`, (text) => text.replace('store:clear', 'lint')),
    says: /--store quartz: two features give different values for scripts\.lint/,
  },
  'a template with a name that nothing gives': {
    law: RENDERS,
    plant: (templates) => edit(templates, 'base/files/README.md.hbs', (text) => `${text}{{service.nme}}\n`),
    says: /base: README\.md: unknown name "service\.nme" in a template/,
  },
  'a workflow that became a template': {
    law: RENDERS,
    plant: (templates) => {
      const workflow = join(templates, 'base/files/.github/workflows/ci.yml');
      edit(templates, 'base/files/.github/workflows/ci.yml', (text) =>
        text.replace(' {{ $labels.instance }}', ''),
      );
      renameSync(workflow, `${workflow}.hbs`);
    },
    says: /ci\.yml: unknown name "github" in a template/,
  },
  'a plain file that was rendered': {
    law: SYNTAX,
    fault: (world) => spoil(world, '.github/workflows/ci.yml', (text) => text.replaceAll(/\{\{.*?\}\}/g, '')),
    says: /base: \.github\/workflows\/ci\.yml is not what stands in the folder/,
  },
  'a merged file that lost an expression': {
    law: SYNTAX,
    plant: (templates) =>
      edit(templates, 'base/files/compose.yaml', (text) => text.replace('build: .', "build: '{{dir}}'")),
    fault: (world) => spoil(world, 'compose.yaml', (text) => text.replace('{{dir}}', '')),
    says: /base: compose\.yaml lost 1 of 1 \{\{/,
  },
  'a template that lost an escaped expression': {
    law: SYNTAX,
    fault: (world) => spoil(world, 'README.md', (text) => text.replace('{{method}}', '')),
    says: /base: README\.md lost \{\{method\}\}/,
  },
  'Windows line ends': {
    law: HYGIENE,
    plant: (templates) => edit(templates, 'base/files/src/greeting.ts', (text) => text.replace('\n', '\r\n')),
    says: /src\/greeting\.ts has a carriage return/,
  },
  'a file without a newline at its end': {
    law: HYGIENE,
    plant: (templates) => edit(templates, 'base/files/src/greeting.ts', (text) => text.trimEnd()),
    says: /src\/greeting\.ts has no newline at its end/,
  },
  'a path of this machine': {
    law: HYGIENE,
    plant: (templates) =>
      add(templates, 'base/files/src/here.ts', `// ${join(import.meta.dirname, '../..')}/x\n`),
    says: /src\/here\.ts has a path of this machine/,
  },
  'the moment of rendering': {
    law: HYGIENE,
    fault: (world) => spoil(world, 'README.md', (text) => `Rendered on ${new Date().toISOString()}\n${text}`),
    says: /README\.md has today's date/,
  },
  'the host of a registry': {
    law: HYGIENE,
    plant: (templates) => add(templates, 'base/files/.npmrc', 'registry=https://registry.npmjs.org/\n'),
    says: /\.npmrc has the host of a registry/,
  },
  'an object in a text': {
    law: HYGIENE,
    plant: (templates) => edit(templates, 'base/files/README.md.hbs', (text) => `${text}\n{{service}}\n`),
    says: /README\.md has an object that was printed as text/,
  },
  'a check of a script that is not there': {
    law: CHECKS,
    plant: (templates) =>
      edit(templates, 'base/verify.ts', (text) => text.replace('--run lint', '--run lnt')),
    says: /the check lint runs what is not there: node --run lnt/,
  },
  'a check of a file that is not there': {
    law: CHECKS,
    plant: (templates) => rmSync(join(templates, 'base/files/scripts/start.mjs')),
    says: /the check start runs what is not there: node scripts\/start\.mjs/,
  },
  'a check that needs a shell': {
    law: CHECKS,
    plant: (templates) =>
      edit(templates, 'base/verify.ts', (text) => text.replace('--run lint', '--run lint && true')),
    says: /the check lint runs what is not there/,
  },
  'two checks of one name': {
    law: CHECKS,
    plant: (templates) =>
      edit(templates, `${QUARTZ}/verify.ts`, (text) => text.replace("id: 'store'", "id: 'lint'")),
    says: /--store quartz: two checks are called lint/,
  },
  'a check that proves nothing': {
    law: CHECKS,
    plant: (templates) =>
      edit(templates, 'base/verify.ts', (text) =>
        text.replace("claims: ['The service starts']", 'claims: []'),
      ),
    says: /the check start proves no claim/,
  },
  'a file that was changed after it was recorded': {
    law: RECORD,
    fault: (world) => spoil(world, 'src/greeting.ts', (text) => `${text}// more\n`),
    says: /the record has not the hash of src\/greeting\.ts/,
  },
  'a file that was never recorded': {
    law: RECORD,
    fault: (world) => spoil(world, 'src/new.ts', () => 'export {};\n'),
    says: /the record has not the hash of src\/new\.ts/,
  },
  'a derived file that is rendered': {
    law: RECORD,
    plant: (templates) => add(templates, 'base/files/openapi.json', '{}\n'),
    says: /openapi\.json is recorded as written by tools, but was rendered/,
  },
  'a derived file that no script writes': {
    law: RECORD,
    plant: (templates) =>
      edit(templates, 'base/feature.ts', (text) => text.replace("'generate'", "'produce'")),
    says: /openapi\.json is written by the script produce, which is not there/,
  },
};

describe('a planted violation', () => {
  function fixture(): string {
    const templates = join(temporary(), 'templates');
    cpSync(FIXTURE, templates, { recursive: true });
    return templates;
  }

  it('is not in the fixture to begin with', async () => {
    const world = await worldOf(fixture());
    expect(Object.values(LAWS).flatMap((law) => law(world))).toEqual([]);
    expect(world.projects).toHaveLength(4);
  });

  it('is there for every law', () => {
    const violated = Object.values(VIOLATIONS).map(({ law }) => law);
    expect(new Set(violated)).toEqual(new Set(Object.keys(LAWS)));
  });

  it.each(Object.entries(VIOLATIONS))('is found: %s', async (_, { law, plant, fault, says }) => {
    const templates = fixture();
    plant?.(templates);
    const world = await worldOf(templates);
    const offences = LAWS[law](fault ? fault(world) : world);
    expect(offences).toContainEqual(typeof says === 'string' ? says : expect.stringMatching(says));
  });
});
