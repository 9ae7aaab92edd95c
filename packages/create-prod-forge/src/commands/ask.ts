import type { Answers } from '../engine/answers.ts';
import { DEFAULT_PRESET } from '../engine/answers.ts';
import { InputError } from '../engine/errors.ts';
import { PRESETS, type AnswerValue, type Preset, type Question } from '../engine/feature.ts';
import { deriveNames } from '../engine/names.ts';
import {
  NO_OPTION,
  choices,
  groups,
  optionId,
  type GroupWithOptions,
  type Registry,
} from '../engine/registry.ts';
import { resolve, wrongAnswer } from '../engine/resolve.ts';
import { requireFree } from '../disk/target.ts';
import { ask, type Prompt } from '../terminal/prompts.ts';
import { targetOf } from './gather.ts';

/** What a person answered, on top of what was given. */
export interface Asked {
  readonly answers: Answers;
  readonly directory: string;
}

/**
 * Asks a person for what flags and file left open: the directory, a preset, each group, then what the chosen features want to
 * know. Each choice shows what it adds.
 *
 * Throws Interrupted when the person cancels, and an InputError where what was given can't be.
 */
export async function askPerson(
  registry: Registry,
  given: Answers,
  directory: string | undefined,
  { force }: { readonly force: boolean },
): Promise<Asked> {
  const place = directory ?? (await askDirectory(given, force));
  const name = given['name'] ?? targetOf(place).name;
  let answers: Answers = { ...given, name };
  // With --force, what is in the way depends on the answers, and is looked at after them.
  if (!force) requireFree(targetOf(place).directory);
  // Fails on what was given before the first question, not after the last.
  resolve(registry, answers);

  if (given['preset'] === undefined) answers = { ...answers, ...(await ask([presetPrompt(registry)])) };
  const open = groups(registry).filter(({ group }) => given[group.id] === undefined);
  const defaults = resolve(registry, answers).answers;
  answers = { ...answers, ...(await ask(open.map((entry) => groupPrompt(entry, defaults[entry.group.id])))) };

  const questions = resolve(registry, answers).features.flatMap(
    ({ definition }) => definition.questions ?? [],
  );
  const unanswered = questions.filter(({ id }) => given[id] === undefined);
  answers = { ...answers, ...(await ask(unanswered.map(questionPrompt))) };
  return { answers, directory: place };
}

async function askDirectory(given: Answers, force: boolean): Promise<string> {
  const problem = (input: string): string | undefined =>
    messageOf(() => {
      const target = targetOf(input);
      deriveNames(String(given['name'] ?? target.name));
      if (!force) requireFree(target.directory);
    });
  const { directory } = await ask([
    { type: 'text', name: 'directory', message: 'Directory', initial: 'my-api', problem },
  ]);
  return String(directory);
}

function presetPrompt(registry: Registry): Prompt {
  return {
    type: 'select',
    name: 'preset',
    message: 'Preset',
    initial: DEFAULT_PRESET,
    choices: PRESETS.map((value) => ({ value, title: value, description: presetSummary(registry, value) })),
  };
}

function presetSummary(registry: Registry, preset: Preset): string {
  const options = groups(registry)
    .filter(({ group }) => !group.required)
    .flatMap((entry) => entry.options.filter(({ definition }) => definition.presets?.includes(preset)));
  if (options.length === 0) return 'the service without options';
  return `with ${options.map(({ definition }) => definition.title).join(', ')}`;
}

function groupPrompt(entry: GroupWithOptions, initial: AnswerValue | undefined): Prompt {
  return {
    type: 'select',
    name: entry.group.id,
    message: entry.group.title,
    ...(initial === undefined ? {} : { initial: String(initial) }),
    choices: choices(entry).map((value) => {
      const summary = entry.options.find((option) => optionId(option) === value)?.definition.summary;
      return { value, title: value, description: value === NO_OPTION ? 'adds nothing' : (summary ?? '') };
    }),
  };
}

function questionPrompt(question: Question): Prompt {
  const base = { name: question.id, message: question.title };
  switch (question.type) {
    case 'boolean':
      return { ...base, type: 'confirm', initial: question.default };
    case 'select':
      return { ...base, type: 'select', initial: question.default, choices: question.choices };
    case 'text': {
      const problem = (input: string): string | undefined => {
        const wrong = wrongAnswer(question, input);
        return wrong && `${wrong.what} ${wrong.remedy}`;
      };
      return { ...base, type: 'text', initial: question.default, problem };
    }
  }
}

function messageOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return `${error.what} ${error.remedy}`;
    throw error;
  }
}
