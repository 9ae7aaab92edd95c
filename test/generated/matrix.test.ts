import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import * as prettier from 'prettier';
import { temporary } from '../support/temporary.ts';
import { allCombinations, factorsOf, pairsOf, pairwise, validOnes } from './support/configurations.ts';
import { TEMPLATES } from './support/generator.ts';
import { projectOf, worldOf, type Project, type World } from './support/world.ts';
import { PRESET_CHOICES, RULES, type Rule } from './rules.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

let world: World;
let presets: readonly Project[];

beforeAll(async () => {
  world = await worldOf(TEMPLATES);
  presets = await Promise.all(
    Object.keys(PRESET_CHOICES).map((preset) => projectOf(world.generator.api, { preset })),
  );
});

function text({ files }: Project, path: string): string {
  return files.get(path)?.toString() ?? '';
}

/** What a project has of the kinds that rules speak of, each as one text. */
function traits(project: Project): ReadonlySet<string> {
  const manifest = JSON.parse(text(project, 'package.json') || '{}') as Manifest;
  const compose = parseYaml(text(project, 'compose.yaml')) as { services?: Record<string, unknown> } | null;
  const record = JSON.parse(text(project, '.prod-forge.json')) as { derived: Record<string, string> };
  const declarations = [...project.files.keys()].filter((path) => /^src\/.*\.environment\.ts$/.test(path));
  const variables = declarations.flatMap((path) => [
    ...text(project, path).matchAll(/^ +([A-Z][A-Z0-9_]+): /gm),
  ]);
  const sections = [...text(project, 'README.md').matchAll(/^#+ (.+)$/gm)];
  return new Set([
    ...[...project.files.keys()].map((path) => `file ${path}`),
    ...Object.keys(manifest.dependencies ?? {}).map((name) => `dependency ${name}`),
    ...Object.keys(manifest.devDependencies ?? {}).map((name) => `development dependency ${name}`),
    ...Object.keys(compose?.services ?? {}).map((name) => `service ${name}`),
    ...variables.map(([, name]) => `variable ${name}`),
    ...sections.map(([, title]) => `section ${title}`),
    ...Object.keys(record.derived).map((path) => `derived file ${path}`),
  ]);
}

function traitsOf(rule: Rule): readonly string[] {
  return [
    ...rule.files.map((path) => `file ${path}`),
    ...(rule.dependencies ?? []).map((name) => `dependency ${name}`),
    ...(rule.devDependencies ?? []).map((name) => `development dependency ${name}`),
    ...(rule.services ?? []).map((name) => `service ${name}`),
    ...(rule.variables ?? []).map((name) => `variable ${name}`),
    ...(rule.section ? [`section ${rule.section}`] : []),
    ...(rule.derived ?? []).map((path) => `derived file ${path}`),
  ];
}

/** The folders whose rules hold: those that are always on, those of the chosen options, and pairs of which both halves are. */
function expectedFolders(choices: Readonly<Record<string, unknown>>): readonly string[] {
  const { features } = world.registry;
  const singles = features
    .filter(({ pair }) => !pair)
    .filter(({ definition: { group, option, commonTo } }) => {
      if (group) return choices[group.id] === option;
      return !commonTo || choices[commonTo] !== 'none';
    })
    .map(({ id }) => id);
  const pairs = features.filter(({ pair }) => pair?.every((half) => singles.includes(half)));
  return [...singles, ...pairs.map(({ id }) => id)].filter((id) => id in RULES);
}

/** One sentence for everything that is missing or too much. */
function deviations(project: Project, choices: Readonly<Record<string, unknown>>): readonly string[] {
  const on = expectedFolders(choices);
  const has = traits(project);
  const required = new Set(on.flatMap((folder) => traitsOf(RULES[folder] as Rule)));
  const others = Object.keys(RULES).filter((folder) => !on.includes(folder));
  const forbidden = others
    .flatMap((folder) => traitsOf(RULES[folder] as Rule))
    .filter((trait) => !required.has(trait));
  return [
    ...[...required].filter((trait) => !has.has(trait)).map((trait) => `${project.title}: has no ${trait}`),
    ...forbidden.filter((trait) => has.has(trait)).map((trait) => `${project.title}: has the ${trait}`),
    ...Object.entries(RULES).flatMap(([folder, { texts = [] }]) =>
      texts
        .filter(([path, pattern]) => pattern.test(text(project, path)) !== on.includes(folder))
        .map(
          ([path, pattern]) =>
            `${project.title}: ${path} ${on.includes(folder) ? 'lacks' : 'has'} ${pattern}`,
        ),
    ),
  ];
}

describe('the matrix', () => {
  it('holds every pair of choices that can be made together', async () => {
    const valid = await validOnes(world.generator.api, allCombinations(factorsOf(world.registry)));
    const covered = new Set(world.configurations.flatMap(pairsOf));
    expect(valid.flatMap(pairsOf).filter((pair) => !covered.has(pair))).toEqual([]);
    const values = factorsOf(world.registry).flatMap(({ key, values: all }) =>
      all.map((value) => `${key}=${String(value)}`),
    );
    // No choice is one that can never be made.
    expect(values.filter((value) => !covered.has(`${value} ${value}`))).toEqual([]);
  });

  it('would hold every pair of a large registry, too', () => {
    const factors = Array.from({ length: 6 }, (_, key) => ({ key: `k${key}`, values: ['a', 'b', 'c'] }));
    const configurations = allCombinations(factors).filter(
      ({ k0, k1, k5 }) => !(k0 === 'a' && (k1 === 'b' || k5 === 'c')),
    );
    const rows = pairwise(configurations);
    const covered = new Set(rows.flatMap(pairsOf));
    expect(configurations.flatMap(pairsOf).every((pair) => covered.has(pair))).toBe(true);
    expect(rows.length).toBeLessThan(configurations.length / 10);
  });

  it('has a rule for every feature, and no rule for one that is not there', () => {
    const features = world.registry.features.map(({ id }) => id);
    expect(Object.keys(RULES).toSorted()).toEqual(features.toSorted());
  });

  it('is rendered as the rules say', () => {
    const found = world.projects.flatMap((project, index) =>
      deviations(project, world.configurations[index] ?? {}),
    );
    expect({ failures: world.failures, found }).toEqual({ failures: [], found: [] });
  });

  it('is what the presets say', () => {
    const found = presets.flatMap((project, index) => {
      const choices = Object.values(PRESET_CHOICES)[index] ?? {};
      const { answers } = project.plan.resolution;
      const differing = Object.keys(choices).filter((key) => answers[key] !== choices[key]);
      return [
        ...deviations(project, choices),
        ...differing.map((key) => `${project.title}: chooses another ${key}`),
      ];
    });
    expect(found).toEqual([]);
  });

  it('finds what is missing and what is too much', () => {
    const index = world.configurations.findIndex(
      (configuration) => configuration['package-manager'] === 'pnpm',
    );
    const configuration = world.configurations[index] ?? {};
    const project = world.projects[index] as Project;
    const without = {
      ...project,
      files: new Map([...project.files].filter(([path]) => path !== 'pnpm-workspace.yaml')),
    };
    expect(deviations(without, configuration)).toEqual([
      expect.stringContaining('has no file pnpm-workspace.yaml'),
    ]);
    expect(deviations(project, { ...configuration, 'package-manager': 'npm' })).toContainEqual(
      expect.stringContaining('has the file pnpm-workspace.yaml'),
    );
  });
});

describe('what is rendered', () => {
  /** Every different text that some configuration has, once, with the settings that its project gives. */
  function texts(): ReadonlyMap<string, { readonly project: Project; readonly path: string }> {
    return new Map(
      [...world.projects, ...presets].flatMap((project) =>
        [...project.files].map(
          ([path, content]) => [`${path}\n${content.toString('base64')}`, { project, path }] as const,
        ),
      ),
    );
  }

  it('is formatted as it comes out', async () => {
    const folder = temporary();
    const ignorePath = join(folder, '.prettierignore');
    const checked = new Set<string>();
    const unformatted: string[] = [];
    for (const { project, path } of texts().values()) {
      for (const name of ['.prettierrc.json', '.prettierignore', '.editorconfig']) {
        writeFileSync(join(folder, name), text(project, name));
      }
      const { ignored, inferredParser } = await prettier.getFileInfo(join(folder, path), { ignorePath });
      if (ignored || !inferredParser) continue;
      checked.add(path);
      const settings = await prettier.resolveConfig(join(folder, path), {
        editorconfig: true,
        useCache: false,
      });
      const options = { parser: inferredParser, ...settings, filepath: path };
      const isFormatted = await prettier.check(text(project, path), options);
      if (!isFormatted) unformatted.push(`${project.title}: ${path}`);
    }
    expect(unformatted).toEqual([]);
    expect([...checked]).toEqual(
      expect.arrayContaining(['src/main.ts', 'README.md', 'compose.yaml', 'package.json']),
    );
  });

  it('is valid JSON and YAML where it says so', () => {
    const invalid: string[] = [];
    for (const { project, path } of texts().values()) {
      const content = text(project, path);
      if (path.endsWith('.json')) {
        try {
          JSON.parse(content);
        } catch {
          invalid.push(`${project.title}: ${path} is no JSON`);
        }
      } else if (/\.ya?ml$/.test(path)) {
        for (const { errors, warnings } of parseAllDocuments(content)) {
          for (const { message } of [...errors, ...warnings])
            invalid.push(`${project.title}: ${path}: ${message}`);
        }
      }
    }
    expect(invalid).toEqual([]);
  });

  it('has the same bytes when it is rendered again', async () => {
    for (const [index, project] of world.projects.entries()) {
      const again = await projectOf(world.generator.api, world.configurations[index] ?? {});
      const digest = (files: Project['files']): readonly string[] =>
        [...files].map(([path, content]) => `${path} ${content.toString('base64')}`);
      expect(digest(again.files)).toEqual(digest(project.files));
    }
  });
});
