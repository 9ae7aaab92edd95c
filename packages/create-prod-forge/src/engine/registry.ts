import type { TemplateSpecification } from './template.ts';
import type { CheckDefinition, ContributionKind, FeatureDefinition, Group } from './feature.ts';

/** One file of a feature's overlay, as the build read it. */
export interface FeatureFile {
  /** Path in the rendered project, with `/`, without `.hbs`. */
  readonly path: string;
  /** Present for a file under `files.<kind>/`: it exists only when that kind has an owner in the plan. */
  readonly kind?: ContributionKind;
  readonly source:
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'binary'; readonly base64: string }
    | { readonly type: 'template'; readonly template: TemplateSpecification };
}

/** Exact versions by package, as in the feature's `package.json`. */
export interface DependencyManifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A feature folder, read. */
export interface Feature {
  /** Name of the folder; for a pair `<a>+<b>`. */
  readonly id: string;
  readonly definition: FeatureDefinition;
  readonly checks: readonly CheckDefinition[];
  readonly manifest: DependencyManifest;
  /** Text of the feature's README.md. */
  readonly readme: string;
  readonly files: readonly FeatureFile[];
  /** The two features that a folder under `options/pairs/` belongs to. */
  readonly pair?: readonly [string, string];
}

/** All features: always-on ones first, then options, then pairs, each by id. */
export interface Registry {
  readonly version: string;
  readonly features: readonly Feature[];
}

/** A group with its options, in the order of the registry. */
export interface GroupWithOptions {
  readonly group: Group;
  readonly options: readonly Feature[];
  /** What its options share. */
  readonly common: readonly Feature[];
}

export const NO_OPTION = 'none';

export function featureById(registry: Registry, id: string): Feature | undefined {
  return registry.features.find((feature) => feature.id === id);
}

/** Groups by id, each with its options. */
export function groups(registry: Registry): readonly GroupWithOptions[] {
  const byId = new Map<string, { group: Group; options: Feature[]; common: readonly Feature[] }>();
  for (const feature of registry.features) {
    const { group } = feature.definition;
    if (!group) continue;
    const common = registry.features.filter(({ definition }) => definition.commonTo === group.id);
    const entry = byId.get(group.id) ?? { group, options: [], common };
    entry.options.push(feature);
    byId.set(group.id, entry);
  }
  return [...byId.values()].sort((a, b) => compareText(a.group.id, b.group.id));
}

/** The option ids that a group takes, `none` included where it may stay empty. */
export function choices({ group, options }: GroupWithOptions): readonly string[] {
  const ids = options.map(optionId);
  return group.required ? ids : [NO_OPTION, ...ids];
}

/** The id of an option within its group. */
export function optionId(feature: Feature): string {
  return feature.definition.option ?? '';
}

/** Whether a feature belongs to every project. */
export function isAlwaysOn(feature: Feature): boolean {
  return !feature.definition.group && !feature.definition.commonTo && !feature.pair;
}

/** How a question's feature is chosen, as a flag; undefined for one that is always on. */
export function flagOf({ definition }: Feature): string | undefined {
  if (definition.group) return `--${definition.group.id} ${definition.option ?? ''}`;
  return definition.commonTo ? `--${definition.commonTo}` : undefined;
}

/** Code-unit order: the same on every machine, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
