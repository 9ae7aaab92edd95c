import type * as Api from '../../../packages/create-prod-forge/src/index.ts';

/** Answers that decide what a project consists of, by flag. */
export type Configuration = Readonly<Record<string, string | boolean>>;

interface Factor {
  readonly key: string;
  readonly values: readonly (string | boolean)[];
  /** The group and options whose question this is; absent for groups and for questions that are always asked. */
  readonly belongsTo?: { readonly group: string; readonly options: readonly string[] };
}

/** Everything that can be chosen: the groups, and the questions whose answers can be listed. */
export function factorsOf({ features }: Api.Registry): readonly Factor[] {
  const groups = new Map<string, { required: boolean; options: string[] }>();
  for (const { definition } of features) {
    if (!definition.group) continue;
    const { id, required = false } = definition.group;
    const group = groups.get(id) ?? { required, options: [] };
    group.options.push(definition.option ?? '');
    groups.set(id, group);
  }
  const choices = [...groups].map(([key, { required, options }]) => ({
    key,
    values: required ? options : ['none', ...options],
  }));
  const questions = features.flatMap(({ definition: { group, option, commonTo, questions: asked = [] } }) =>
    asked.flatMap((question): Factor[] => {
      if (question.type === 'text') return [];
      const values = question.type === 'boolean' ? [true, false] : question.choices.map(({ value }) => value);
      if (group && option)
        return [{ key: question.id, values, belongsTo: { group: group.id, options: [option] } }];
      if (commonTo)
        return [
          {
            key: question.id,
            values,
            belongsTo: { group: commonTo, options: groups.get(commonTo)?.options ?? [] },
          },
        ];
      return [{ key: question.id, values }];
    }),
  );
  return [...choices, ...questions];
}

/** Every combination of the factors; the answers to questions that nobody asks are left out. */
export function allCombinations(factors: readonly Factor[]): readonly Configuration[] {
  return factors.reduce<readonly Configuration[]>(
    (combinations, { key, values, belongsTo }) =>
      combinations.flatMap((combination) =>
        belongsTo && !belongsTo.options.includes(String(combination[belongsTo.group]))
          ? [combination]
          : values.map((value) => ({ ...combination, [key]: value })),
      ),
    [{}],
  );
}

/** The pairs of choices that a configuration holds, each as one text. */
export function pairsOf(configuration: Configuration): readonly string[] {
  const entries = Object.entries(configuration).map(([key, value]) => `${key}=${String(value)}`);
  return entries.flatMap((one, index) => entries.slice(index).map((other) => `${one} ${other}`));
}

/** A few of the configurations that hold every pair which any of them holds; always the same ones. */
export function pairwise(configurations: readonly Configuration[]): readonly Configuration[] {
  const open = new Set(configurations.flatMap(pairsOf));
  const rows: Configuration[] = [];
  while (open.size > 0) {
    const best = configurations.reduce<{ candidate: Configuration; gain: number }>(
      (leader, candidate) => {
        const gain = pairsOf(candidate).filter((pair) => open.has(pair)).length;
        return gain > leader.gain ? { candidate, gain } : leader;
      },
      { candidate: {}, gain: 0 },
    ).candidate;
    for (const pair of pairsOf(best)) open.delete(pair);
    rows.push(best);
  }
  return rows;
}

/** The configurations that the generator takes; the others break a rule between options. */
export async function validOnes(
  { plan, InputError }: typeof Api,
  configurations: readonly Configuration[],
): Promise<readonly Configuration[]> {
  const valid: Configuration[] = [];
  for (const configuration of configurations) {
    try {
      await plan({ name: 'my-api', ...configuration });
      valid.push(configuration);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return valid;
}
