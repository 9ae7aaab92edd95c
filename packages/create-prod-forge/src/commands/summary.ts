import type { Answers, ResolvedAnswers } from '../engine/answers.ts';
import { compareText, groups, isAlwaysOn, type Registry } from '../engine/registry.ts';
import { resolve, type Resolution } from '../engine/resolve.ts';

/** Rows of what a project consists of, for people. */
export function chosenRows(
  registry: Registry,
  { features }: Resolution,
): readonly (readonly [string, string])[] {
  const always = features
    .filter(isAlwaysOn)
    .map(({ definition }) => [definition.title, definition.summary] as const);
  const options = groups(registry).map(({ group, options: candidates }) => {
    const option = candidates.find((candidate) => features.includes(candidate));
    return [
      group.title,
      option ? `${option.definition.title}: ${option.definition.summary}` : 'none',
    ] as const;
  });
  return [...always, ...options];
}

/**
 * The one-line command that gives the same project, with only the flags that differ from the defaults.
 *
 * @param directory as given
 * @param extra flags that are no answers, e.g. `--no-git`
 */
export function equivalentCommand(
  registry: Registry,
  answers: ResolvedAnswers,
  directory: string,
  extra: readonly string[],
): string {
  const defaults = resolve(registry, { name: answers.name }).answers;
  const flags = Object.entries(differences(answers, defaults))
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) =>
      typeof value === 'boolean' ? `--${value ? '' : 'no-'}${key}` : `--${key} ${shellWord(String(value))}`,
    );
  const name = answers.name === directory.split('/').at(-1) ? [] : ['--name', shellWord(answers.name)];
  return ['npm create prod-forge@latest', shellWord(directory), '-- --yes', ...name, ...flags, ...extra].join(
    ' ',
  );
}

function differences(answers: ResolvedAnswers, defaults: ResolvedAnswers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([key, value]) => key !== 'name' && defaults[key] !== value),
  );
}

/** Quoted so that POSIX shells and Windows' command line read the same word. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, '\\$1')}"`;
}
