import { NO_OPTION, groups, isAlwaysOn, optionId, type Feature, type Registry } from './registry.ts';
import { PRESETS, type FeatureDefinition } from './feature.ts';

/** Keys of the answers that no group or question may take. */
const RESERVED = new Set(['name', 'preset', 'package-name']);

/**
 * The laws that a registry must keep before anything can be rendered from it.
 *
 * Returns one sentence per offence, each naming the offender; empty when all hold.
 */
export function brokenLaws(registry: Registry): readonly string[] {
  return [
    ...foldersAndOptions(registry),
    ...groupsAgree(registry),
    ...presetsChooseOnce(registry),
    ...answersAreUnique(registry),
    ...relationsExist(registry),
    ...kindsHaveOneOwner(registry),
    ...pathsHaveOneOwner(registry),
  ];
}

function foldersAndOptions(registry: Registry): string[] {
  const { features } = registry;
  return features.flatMap(({ id, definition, pair }) => {
    if (pair)
      return pair.flatMap((half) =>
        features.some((f) => f.id === half) ? [] : [`${id}: there is no feature ${half}`],
      );
    if (definition.commonTo) return commonPart(registry, id, definition);
    if (!definition.group) return definition.option ? [`${id}: has an option but no group`] : [];
    if (definition.option === NO_OPTION)
      return [`${id}: "${NO_OPTION}" stands for no option and can't be one`];
    const { group, option } = definition;
    const expected = `${group.id}-${option}`;
    return id === expected || (id === group.id && isOnlyOption(registry, group.id))
      ? []
      : [`${id}: the folder of --${group.id} ${option} must be called ${expected}`];
  });
}

/** Where there is nothing to tell it apart from, an option may be called like its group. */
function isOnlyOption(registry: Registry, groupId: string): boolean {
  return groups(registry).find(({ group }) => group.id === groupId)?.options.length === 1;
}

function commonPart(
  registry: Registry,
  id: string,
  { commonTo, group, option, presets }: FeatureDefinition,
): string[] {
  if (group || option || presets) return [`${id}: what options share is no option itself`];
  return groups(registry).some((entry) => entry.group.id === commonTo)
    ? []
    : [`${id}: there is no group "${commonTo}"`];
}

function groupsAgree(registry: Registry): string[] {
  return groups(registry).flatMap(({ group, options }) =>
    options
      .filter(({ definition }) => JSON.stringify(definition.group) !== JSON.stringify(group))
      .map(({ id }) => `${id}: describes the group "${group.id}" differently from ${options[0]?.id}`),
  );
}

function presetsChooseOnce(registry: Registry): string[] {
  return groups(registry).flatMap(({ group, options }) =>
    PRESETS.flatMap((preset) => {
      const chosen = options.filter(({ definition }) => definition.presets?.includes(preset));
      if (chosen.length > 1)
        return [`${chosen.map(({ id }) => id).join(' and ')} are both the choice of preset "${preset}"`];
      if (group.required && chosen.length === 0)
        return [`group "${group.id}" is required, but preset "${preset}" chooses none of it`];
      return [];
    }),
  );
}

function answersAreUnique(registry: Registry): string[] {
  const owners = new Map<string, string>();
  const offences: string[] = [];
  const claim = (key: string, owner: string): void => {
    const other = owners.get(key);
    if (RESERVED.has(key)) offences.push(`${owner}: the answer "${key}" is reserved`);
    else if (other) offences.push(`${owner}: the answer "${key}" is already taken by ${other}`);
    else owners.set(key, owner);
  };
  for (const { group } of groups(registry)) claim(group.id, `group "${group.id}"`);
  for (const feature of registry.features) {
    for (const question of feature.definition.questions ?? []) claim(question.id, feature.id);
  }
  return offences;
}

function relationsExist({ features }: Registry): string[] {
  return features.flatMap(({ id, definition }) =>
    [...(definition.requires ?? []), ...(definition.conflicts ?? []), ...(definition.implies ?? [])]
      .filter((relation) => !features.some((feature) => feature.id === relation.feature))
      .map((relation) => `${id}: names the feature ${relation.feature}, which does not exist`),
  );
}

function kindsHaveOneOwner({ features }: Registry): string[] {
  const owners = new Map<string, Feature>();
  return features.flatMap((feature) =>
    Object.keys(feature.definition.accepts ?? {}).flatMap((kind) => {
      const other = owners.get(kind);
      if (other && !exclusive(other, feature))
        return [`${feature.id}: the kind "${kind}" is already accepted by ${other.id}`];
      owners.set(kind, feature);
      return [];
    }),
  );
}

function pathsHaveOneOwner({ features }: Registry): string[] {
  const owners = new Map<string, Feature[]>();
  return features.flatMap((feature) =>
    feature.files.flatMap(({ path }) => {
      // Compared without case: macOS and Windows would let one silently replace the other.
      const key = path.toLowerCase();
      const others = owners.get(key) ?? [];
      owners.set(key, [...others, feature]);
      const rival = others.find((other) => !exclusive(other, feature));
      return rival ? [`${feature.id}: the path ${path} already belongs to ${rival.id}`] : [];
    }),
  );
}

/** Two options of one group are never in the same plan. */
function exclusive(a: Feature, b: Feature): boolean {
  return !isAlwaysOn(a) && a.definition.group?.id === b.definition.group?.id && optionId(a) !== optionId(b);
}
