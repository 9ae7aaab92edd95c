import { lastValueFrom } from 'rxjs';
import { ownersOfKinds, packageManagerOf, providersByToken } from './contributions.ts';
import type { ContributionKind, JsonObject } from './feature.ts';
import { MANIFEST_PATH, hash, manifestText } from './manifest.ts';
import { mergeIntoJsonText, mergeIntoYamlText } from './merge.ts';
import type { Plan, PlannedFile } from './plan.ts';
import { compareText, type Feature } from './registry.ts';
import {
  HostTree,
  MergeStrategy,
  callRule,
  chain,
  mergeWith,
  source,
  type Rule,
  type SchematicContext,
  type Tree,
} from './schematics.ts';
import { Lookup, renderTemplate, type TemplateContext } from './template.ts';

/** One file of a rendered project. */
export interface RenderedFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: Buffer;
}

/** Sections of package.json that npm keeps sorted. */
const SORTED_SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** Renders a plan into an in-memory tree. The same plan gives the same bytes everywhere. */
export async function renderTree(plan: Plan): Promise<Tree> {
  const rules = [
    ...plan.resolution.features.map((feature) => overlay(plan, feature)),
    ...mergeRules(plan),
    recordManifest(plan),
  ];
  // Our rules only touch the tree; the context's other parts belong to an engine that we do not run.
  const context = { strategy: MergeStrategy.Error } as SchematicContext;
  return lastValueFrom(callRule(chain(rules), new HostTree(), context));
}

/** The files of a tree, sorted by path. */
export function filesOf(tree: Tree): readonly RenderedFile[] {
  return tree.actions
    .flatMap((action) =>
      action.kind === 'c' ? [{ path: action.path.slice(1), content: action.content }] : [],
    )
    .sort((a, b) => compareText(a.path, b.path));
}

/** Lays a feature's files over the tree; a path that is already there is an error. */
function overlay(plan: Plan, feature: Feature): Rule {
  const own = plan.files.filter((planned) => planned.feature === feature);
  const tree = new HostTree();
  for (const planned of own) tree.create(planned.path, contentOf(plan, planned));
  return mergeWith(source(tree), MergeStrategy.Error);
}

function contentOf(plan: Plan, { file, feature }: PlannedFile): Buffer | string {
  switch (file.source.type) {
    case 'text':
      return file.source.text;
    case 'binary':
      return Buffer.from(file.source.base64, 'base64');
    case 'template': {
      const { runPrefix } = packageManagerOf(plan.resolution);
      try {
        return renderTemplate(file.source.template, templateContext(plan, feature), runPrefix);
      } catch (error) {
        throw new Error(`${feature.id}: ${file.path}: ${(error as Error).message}`, { cause: error });
      }
    }
  }
}

/** A template sees the service, its feature's own answers and the kinds that its feature owns: nothing else. */
function templateContext(
  { generatorVersion, resolution, contributions }: Plan,
  feature: Feature,
): TemplateContext {
  const accepted = Object.keys(feature.definition.accepts ?? {}) as ContributionKind[];
  const questions = feature.definition.questions ?? [];
  return {
    service: resolution.service,
    packageManager: packageManagerOf(resolution),
    generator: { version: generatorVersion },
    answers: Object.fromEntries(questions.map(({ id }) => [id, resolution.answers[id]])),
    ...Object.fromEntries(accepted.map((kind) => [kind, contributions[kind]])),
    ...(accepted.includes('nestProviders')
      ? { nestProvidersByToken: new Lookup(providersByToken(contributions.nestProviders)) }
      : {}),
  };
}

function mergeRules({ resolution, contributions }: Plan): readonly Rule[] {
  return [...ownersOfKinds(resolution.features)].flatMap(([kind, owner]) => {
    const acceptance = owner.definition.accepts?.[kind];
    if (!acceptance || acceptance === 'template') return [];
    return [mergeInto(acceptance.mergeInto, contributions[kind] as JsonObject)];
  });
}

function mergeInto(path: string, addition: JsonObject): Rule {
  return (tree) => {
    if (Object.keys(addition).length === 0) return;
    const text = tree.readText(path);
    tree.overwrite(
      path,
      path.endsWith('.json')
        ? mergeIntoJsonText(text, sortSections(addition))
        : mergeIntoYamlText(text, addition),
    );
  };
}

function sortSections(fragment: JsonObject): JsonObject {
  const sorted = Object.entries(fragment).map(([key, value]) => [
    key,
    SORTED_SECTIONS.includes(key)
      ? Object.fromEntries(Object.entries(value as JsonObject).sort(([a], [b]) => compareText(a, b)))
      : value,
  ]);
  return Object.fromEntries(sorted) as JsonObject;
}

function recordManifest({ generatorVersion, resolution }: Plan): Rule {
  return (tree) => {
    const files = filesOf(tree).map(({ path, content }) => [path, hash(content)] as const);
    const derived = resolution.features.flatMap(({ definition }) => Object.entries(definition.derived ?? {}));
    tree.create(
      MANIFEST_PATH,
      manifestText({
        version: generatorVersion,
        answers: resolution.answers,
        files: Object.fromEntries(files),
        derived: Object.fromEntries(derived.sort(([a], [b]) => compareText(a, b))),
      }),
    );
  };
}
