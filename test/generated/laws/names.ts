import type { Feature } from '../../../packages/create-prod-forge/src/index.ts';
import type { World } from '../support/world.ts';
import type { Law } from './law.ts';

/** Options whose name others may say, each with the reason. */
const EXEMPT: Readonly<Record<string, string>> = {
  'delivery-ecs': 'ECS is also what the modules of the infrastructure run the service on',
  'infra-terraform': 'Terraform is also the language of the modules that the options of its group share',
  observability: 'Grafana is also a service of AWS, which infrastructure sets up',
  'package-manager-npm': 'npm is also the registry, comes with every Node, and names the file package.json',
};

/** Names every group, with its choice. */
const RECORD = '.prod-forge.json';

/** Facts that belong to no package manager, to see what a feature itself says. */
const NEUTRAL = {
  service: { packageName: 'my-api', slug: 'my-api', database: 'my_api', title: 'My Api' },
  packageManager: {
    name: 'packager',
    version: '1.0.0',
    lockfile: 'packager.lock',
    manifests: ['package.json', 'packager.lock'],
    setup: '',
    install: 'packager install',
    ci: 'packager ci',
    ciProduction: 'packager ci --production',
    runPrefix: 'packager run',
  },
};

/** No feature's files or contributions name another; `requires`, `conflicts`, `implies` and pairs may. */
export const noFeatureNamesAnother: Law = ({ folders, registry }) =>
  registry.features.flatMap((feature) => {
    const files = folders.find(({ id }) => id === feature.id)?.files ?? [];
    const said: readonly (readonly [string, string])[] = [
      ...files.map(({ path, content }) => [`files/${path}`, `${path}\n${content.toString()}`] as const),
      ['README.md', feature.readme],
      ['package.json', JSON.stringify(feature.manifest)],
      ['verify.ts', JSON.stringify(feature.checks)],
      ['feature.ts', declarations(feature)],
    ];
    return others(registry.features, feature).flatMap((other) =>
      said
        .filter(([, text]) => giveaways(other, registry.features).some((pattern) => pattern.test(text)))
        .map(([where]) => `${feature.id}: ${where} names ${other.id}`),
    );
  });

/** A rendered project speaks only of what it contains. */
export const nothingOfOptionsThatAreOff: Law = ({ projects, registry }) =>
  projects.flatMap(({ title, plan, files }) => {
    const off = registry.features.filter(
      (feature) => isOption(feature) && !plan.resolution.features.includes(feature),
    );
    return off.filter(isNamed).flatMap((option) =>
      [...files]
        .filter(([path]) => path !== RECORD)
        .filter(([path, content]) =>
          giveaways(option, registry.features).some((pattern) =>
            pattern.test(`${path}\n${content.toString()}`),
          ),
        )
        .map(([path]) => `${title}: ${path} mentions ${option.id}, which is off`),
    );
  });

/** The words that give an option away: its id, and the packages that it alone brings. */
function giveaways(
  { id, definition, manifest }: Feature,
  all: World['registry']['features'],
): readonly RegExp[] {
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) =>
    all.every(
      (other) =>
        other.id === id || !(name in { ...other.manifest.dependencies, ...other.manifest.devDependencies }),
    ),
  );
  // A scope that is called like a package is not that package.
  return [word(definition.option ?? id), ...packages.map((name) => word(name, '@'))];
}

function others(all: World['registry']['features'], feature: Feature): readonly Feature[] {
  return all
    .filter((other) => isOption(other) && other !== feature && !feature.pair?.includes(other.id))
    .filter(({ definition }) => !definition.commonTo || definition.commonTo !== feature.definition.group?.id)
    .filter(isNamed);
}

function isOption({ definition }: Feature): boolean {
  return definition.group !== undefined || definition.commonTo !== undefined;
}

function isNamed({ id }: Feature): boolean {
  return !(id in EXEMPT);
}

function declarations({ definition }: Feature): string {
  const answers = Object.fromEntries(
    (definition.questions ?? []).map((question) => [question.id, question.default]),
  );
  const { title, summary, questions, accepts, derived } = definition;
  return JSON.stringify([
    title,
    summary,
    questions,
    accepts,
    derived,
    definition.contribute?.({ ...NEUTRAL, answers }),
  ]);
}

function word(text: string, notAfter = ''): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![a-z0-9${notAfter}])${escaped}(?![a-z0-9])`, 'i');
}
