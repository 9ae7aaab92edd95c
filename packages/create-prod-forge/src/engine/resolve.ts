import { DEFAULT_PRESET, type Answers, type ResolvedAnswers } from './answers.ts';
import { InputError, listProblems } from './errors.ts';
import {
  PRESETS,
  type AnswerValue,
  type Preset,
  type Question,
  type Relation,
  type ServiceNames,
} from './feature.ts';
import { deriveNames } from './names.ts';
import {
  NO_OPTION,
  choices,
  compareText,
  featureById,
  flagOf,
  groups,
  isAlwaysOn,
  optionId,
  type Feature,
  type GroupWithOptions,
  type Registry,
} from './registry.ts';
import { closest } from './suggest.ts';

/** Which features the project consists of, and why. */
export interface Resolution {
  readonly service: ServiceNames;
  /** In the order of the registry. */
  readonly features: readonly Feature[];
  readonly answers: ResolvedAnswers;
  /** What was added or left out beyond the answers, in plain words. */
  readonly notes: readonly string[];
}

type Problem = InputError;

/** Where the choice in a group comes from; only an explicit one binds. */
interface Choice {
  readonly option: Feature | undefined;
  readonly origin: 'answer' | 'preset' | 'implied';
}

/**
 * Completes answers with the preset's choices, implied features and defaults, and checks the rules between features.
 * The order of the keys never matters.
 *
 * Throws an {@link InputError} that lists every problem found.
 */
export function resolve(registry: Registry, answers: Answers): Resolution {
  const problems: Problem[] = [];
  const given = Object.fromEntries(
    Object.entries(answers).filter(([, value]) => value !== undefined),
  ) as Record<string, AnswerValue>;
  problems.push(...unknownKeys(registry, given));
  const service = collect(problems, () => deriveNames(requiredName(given)));
  const preset = collect(problems, () => presetOf(given));
  const explicit = explicitChoices(registry, given, problems);
  throwIfAny(problems);

  const notes: string[] = [];
  const chosen = chooseOptions(registry, preset ?? DEFAULT_PRESET, explicit, notes, problems);
  const features = registry.features.filter((feature) => isSelected(registry, feature, chosen));
  problems.push(...brokenRelations(registry, features));
  const questionAnswers = answerQuestions(registry, features, given, problems);
  throwIfAny(problems);

  const groupAnswers = groups(registry).map(({ group }) => {
    const option = chosen.get(group.id)?.option;
    return [group.id, option ? optionId(option) : NO_OPTION] as const;
  });
  return {
    service: service as ServiceNames,
    features,
    answers: { name: given['name'] as string, ...Object.fromEntries([...groupAnswers, ...questionAnswers]) },
    notes: notes.sort(compareText),
  };
}

function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw listProblems(problems);
}

function collect<T>(problems: Problem[], produce: () => T): T | undefined {
  try {
    return produce();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error);
    return undefined;
  }
}

function unknownKeys(registry: Registry, given: Readonly<Record<string, AnswerValue>>): Problem[] {
  const known = [
    'name',
    'preset',
    ...groups(registry).map(({ group }) => group.id),
    ...registry.features.flatMap(({ definition }) => (definition.questions ?? []).map(({ id }) => id)),
  ];
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .sort(compareText)
    .map((key) => {
      const suggestion = closest(key, known);
      return new InputError({
        code: 'unknown-answer',
        what: `There is no option "${key}".`,
        remedy: suggestion
          ? `Did you mean "${suggestion}"? See --help for all options.`
          : 'See --help for all options.',
      });
    });
}

function requiredName(given: Readonly<Record<string, AnswerValue>>): string {
  const { name } = given;
  if (typeof name === 'string') return name;
  throw new InputError({
    code: 'missing-name',
    what: 'The service has no name.',
    remedy: 'Give the folder to create, for example: create-prod-forge my-api',
  });
}

function presetOf({ preset }: Readonly<Record<string, AnswerValue>>): Preset {
  if (preset === undefined) return DEFAULT_PRESET;
  const found = PRESETS.find((candidate) => candidate === preset);
  if (found) return found;
  throw invalidChoice('preset', preset, PRESETS);
}

function invalidChoice(key: string, value: AnswerValue, allowed: readonly string[]): InputError {
  const suggestion = closest(String(value), allowed);
  return new InputError({
    code: 'invalid-choice',
    what: `"${String(value)}" is not a choice for --${key}.`,
    remedy: `Choose one of: ${allowed.join(', ')}.${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
  });
}

function explicitChoices(
  registry: Registry,
  given: Readonly<Record<string, AnswerValue>>,
  problems: Problem[],
): Map<string, Choice> {
  const explicit = new Map<string, Choice>();
  for (const entry of groups(registry)) {
    const value = given[entry.group.id];
    if (value === undefined) continue;
    const allowed = choices(entry);
    if (allowed.includes(String(value))) {
      explicit.set(entry.group.id, {
        option: entry.options.find((option) => optionId(option) === value),
        origin: 'answer',
      });
    } else {
      problems.push(invalidChoice(entry.group.id, value, allowed));
    }
  }
  return explicit;
}

/** Runs presets, implications and withdrawals to a fixed point, so that no order of evaluation can show. */
function chooseOptions(
  registry: Registry,
  preset: Preset,
  explicit: ReadonlyMap<string, Choice>,
  notes: string[],
  problems: Problem[],
): ReadonlyMap<string, Choice> {
  const chosen = new Map<string, Choice>();
  for (const { group, options } of groups(registry)) {
    const option = options.find(({ definition }) => definition.presets?.includes(preset));
    chosen.set(group.id, explicit.get(group.id) ?? { option, origin: 'preset' });
  }
  for (let settled = false; !settled;) {
    settled = !withdraw(registry, chosen, notes) && !imply(registry, chosen, notes, problems);
  }
  return chosen;
}

/** Drops what only the preset wanted and the explicit answers rule out. Returns whether anything changed. */
function withdraw(registry: Registry, chosen: Map<string, Choice>, notes: string[]): boolean {
  const bound = (id: string): boolean => chosen.get(groupOf(registry, id) ?? '')?.origin === 'answer';
  for (const { group } of groups(registry)) {
    const choice = chosen.get(group.id);
    if (!choice?.option || choice.origin !== 'preset' || group.required) continue;
    const { requires = [], conflicts = [] } = choice.option.definition;
    const unmet = requires.find(({ feature }) => bound(feature) && !isChosen(registry, feature, chosen));
    const clash = conflicts.find(({ feature }) => bound(feature) && isChosen(registry, feature, chosen));
    const cause = unmet ?? clash;
    if (!cause) continue;
    chosen.set(group.id, { option: undefined, origin: 'preset' });
    notes.push(
      `left out ${choice.option.id} [${unmet ? 'it needs' : 'it conflicts with'} ${cause.feature}: ${cause.because}]`,
    );
    return true;
  }
  return false;
}

/** Adds what a chosen feature implies where the group is open. Returns whether anything changed. */
function imply(
  registry: Registry,
  chosen: Map<string, Choice>,
  notes: string[],
  problems: Problem[],
): boolean {
  for (const feature of registry.features.filter((candidate) => isSelected(registry, candidate, chosen))) {
    for (const { feature: id } of feature.definition.implies ?? []) {
      const target = featureById(registry, id);
      const group = target?.definition.group?.id;
      const current = group ? chosen.get(group) : undefined;
      if (!target || !group || current?.option === target || current?.origin === 'answer') continue;
      if (current?.origin === 'implied') {
        const problem = new InputError({
          code: 'implied-clash',
          what: `The chosen options imply both ${[current.option?.id ?? '', id].sort(compareText).join(' and ')}.`,
          remedy: `Choose one with --${group}.`,
        });
        if (!problems.some(({ what }) => what === problem.what)) problems.push(problem);
        continue;
      }
      chosen.set(group, { option: target, origin: 'implied' });
      notes.push(`added ${id} [due to ${feature.id}]`);
      return true;
    }
  }
  return false;
}

/** The group whose choice decides about a feature. */
function groupOf(registry: Registry, id: string): string | undefined {
  const definition = featureById(registry, id)?.definition;
  return definition?.group?.id ?? definition?.commonTo;
}

function isChosen(registry: Registry, id: string, chosen: ReadonlyMap<string, Choice>): boolean {
  const feature = featureById(registry, id);
  return feature !== undefined && isSelected(registry, feature, chosen);
}

function isSelected(registry: Registry, feature: Feature, chosen: ReadonlyMap<string, Choice>): boolean {
  if (isAlwaysOn(feature)) return true;
  if (feature.pair) return feature.pair.every((half) => isChosen(registry, half, chosen));
  const { commonTo } = feature.definition;
  if (commonTo) return chosen.get(commonTo)?.option !== undefined;
  return chosen.get(feature.definition.group?.id ?? '')?.option === feature;
}

function brokenRelations(registry: Registry, features: readonly Feature[]): Problem[] {
  const has = (id: string): boolean => features.some((feature) => feature.id === id);
  return features.flatMap((feature) => {
    const { requires = [], conflicts = [] } = feature.definition;
    return [
      ...requires
        .filter((relation) => !has(relation.feature))
        .map((relation) => relationProblem(registry, feature, relation, 'needs')),
      ...conflicts
        .filter((relation) => has(relation.feature))
        .map((relation) => relationProblem(registry, feature, relation, 'conflicts with')),
    ];
  });
}

function relationProblem(registry: Registry, feature: Feature, relation: Relation, verb: string): Problem {
  const other = nameOf(featureById(registry, relation.feature));
  const group = groups(registry).find((entry) => entry.group.id === feature.definition.group?.id);
  const without = group
    ? `choose another --${group.group.id} (${alternatives(group, feature)})`
    : 'leave it out';
  return new InputError({
    code: verb === 'needs' ? 'unmet-requirement' : 'conflict',
    what: `${nameOf(feature)} ${verb} ${other}: ${relation.because}.`,
    remedy: verb === 'needs' ? `Add ${other}, or ${without}.` : `Drop ${other}, or ${without}.`,
  });
}

function alternatives(group: GroupWithOptions, feature: Feature): string {
  return choices(group)
    .filter((choice) => choice !== optionId(feature))
    .join(', ');
}

function nameOf(feature: Feature | undefined): string {
  return feature ? (flagOf(feature) ?? feature.id) : '';
}

function answerQuestions(
  registry: Registry,
  features: readonly Feature[],
  given: Readonly<Record<string, AnswerValue>>,
  problems: Problem[],
): readonly (readonly [string, AnswerValue])[] {
  return registry.features.flatMap((feature) =>
    (feature.definition.questions ?? []).flatMap((question) => {
      const value = given[question.id];
      if (!features.includes(feature)) {
        if (value !== undefined) problems.push(orphanAnswer(feature, question));
        return [];
      }
      if (value === undefined) return [[question.id, question.default] as const];
      const problem = wrongAnswer(question, value);
      if (problem) problems.push(problem);
      return [[question.id, value] as const];
    }),
  );
}

function orphanAnswer(feature: Feature, question: Question): Problem {
  return new InputError({
    code: 'orphan-answer',
    what: `--${question.id} belongs to ${nameOf(feature)}, which is not chosen.`,
    remedy: `Add ${nameOf(feature)}, or leave --${question.id} out.`,
  });
}

/** Checks one answer against its question; undefined when it is fine. Shared by flags, files and prompts. */
export function wrongAnswer(question: Question, value: AnswerValue): InputError | undefined {
  if (question.type === 'select') {
    const allowed = question.choices.map((choice) => choice.value);
    return allowed.includes(String(value)) ? undefined : invalidChoice(question.id, value, allowed);
  }
  if (typeof value !== (question.type === 'boolean' ? 'boolean' : 'string')) {
    return invalidChoice(question.id, value, [question.type === 'boolean' ? 'true, false' : 'a text']);
  }
  if (question.type === 'boolean') return undefined;
  const control = [...String(value)].some((character) => character < ' ' || character === '\u007f');
  const matches = !question.pattern || new RegExp(`^(?:${question.pattern})$`, 'u').test(String(value));
  if (matches && !control) return undefined;
  return new InputError({
    code: 'invalid-answer',
    what: `${JSON.stringify(value)} is not an answer for --${question.id}.`,
    remedy: `Give ${question.expected ?? 'a text of one line'}.`,
  });
}
