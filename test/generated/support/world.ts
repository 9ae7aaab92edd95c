import { discoverFeatures, readOverlays } from '../../../packages/create-prod-forge/build/discover.mjs';
import type * as Api from '../../../packages/create-prod-forge/src/index.ts';
import { allCombinations, factorsOf, pairwise, validOnes, type Configuration } from './configurations.ts';
import { buildGenerator, type Generator } from './generator.ts';

/** A feature folder as it is on the disk. */
export interface Folder {
  readonly id: string;
  readonly directory: string;
  readonly pair?: readonly [string, string];
  /** Files of its overlays, `.hbs` included. */
  readonly files: readonly { readonly path: string; readonly kind?: string; readonly content: Buffer }[];
}

/** A rendered project. */
export interface Project {
  readonly title: string;
  readonly plan: Api.Plan;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Everything that laws speak of: the folders, what was built from them and what is rendered. */
export interface World {
  readonly templates: string;
  readonly folders: readonly Folder[];
  readonly registry: Api.Registry;
  readonly generator: Generator;
  readonly configurations: readonly Configuration[];
  readonly projects: readonly Project[];
  /** Why some of the configurations could not be rendered. */
  readonly failures: readonly string[];
}

/** Builds the features of a folder and renders a project for every pair of choices. */
export async function worldOf(templates: string): Promise<World> {
  const generator = await buildGenerator(templates);
  const { api } = generator;
  const registry = await api.loadRegistry();
  const valid = await validOnes(api, allCombinations(factorsOf(registry)));
  const configurations = pairwise(valid);
  const projects: Project[] = [];
  const failures: string[] = [];
  for (const configuration of configurations) {
    try {
      projects.push(await projectOf(api, configuration));
    } catch (error) {
      failures.push(`${titleOf(configuration)}: ${(error as Error).message}`);
    }
  }
  return {
    templates,
    folders: foldersOf(templates),
    registry,
    generator,
    configurations,
    projects,
    failures,
  };
}

/** Renders one project in memory. */
export async function projectOf(api: typeof Api, configuration: Configuration): Promise<Project> {
  const answers = { name: 'my-api', ...configuration };
  const files = await api.render(answers);
  return {
    title: titleOf(configuration),
    plan: await api.plan(answers),
    files: new Map(files.map(({ path, content }) => [path, content])),
  };
}

function titleOf(configuration: Configuration): string {
  return Object.entries(configuration)
    .map(([key, value]) => `--${key} ${String(value)}`)
    .join(' ');
}

function foldersOf(templates: string): readonly Folder[] {
  return discoverFeatures(templates).map((feature) => ({
    ...feature,
    files: readOverlays(feature.directory),
  }));
}
