import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CreateInvocation } from '../arguments.ts';
import type { Answers } from '../engine/answers.ts';
import { InputError } from '../engine/errors.ts';
import { isJsonObject } from '../engine/merge.ts';
import type { AnswerValue, Json } from '../engine/feature.ts';
import { groups, isAlwaysOn, type Registry } from '../engine/registry.ts';
import { parseTarget, type Target } from '../engine/target.ts';

/** Where the project goes, and the answers given so far. */
export interface Request {
  readonly target: Target;
  readonly answers: Answers;
}

/**
 * Puts together what flags, the answers file and the calling package manager say; flags win over the file, and both over
 * the caller. `ask` completes it where a person can be asked.
 *
 * Throws an {@link InputError} that names the missing flags where nobody can be asked and `--yes` is not given.
 */
export async function gatherRequest(
  registry: Registry,
  invocation: CreateInvocation,
  ask:
    | ((given: Answers, directory: string | undefined) => Promise<{ answers: Answers; directory: string }>)
    | undefined,
): Promise<Request> {
  const fromFile = invocation.answersFile ? await readAnswersFile(invocation.answersFile) : {};
  const given: Answers = { ...callingPackageManager(registry), ...fromFile, ...invocation.answers };
  const directory = invocation.directory ?? folderOf(given['name']);
  const asked = ask ? await ask(given, directory) : undefined;
  if (!asked && !invocation.yes) refuseGaps(registry, given, directory);
  const target = targetOf(asked?.directory ?? directory);
  const answers = asked?.answers ?? given;
  return { target, answers: { ...answers, name: answers['name'] ?? target.name } };
}

/** Reads the directory argument as it is meant from where the command runs. */
export function targetOf(directory: string | undefined): Target {
  if (directory === undefined) {
    throw new InputError({
      code: 'missing-directory',
      what: 'There is no directory to create.',
      remedy: 'Give one, for example: create-prod-forge my-api --yes',
    });
  }
  return parseTarget(directory, {
    currentFolder: basename(process.cwd()),
    windows: process.platform === 'win32',
  });
}

function folderOf(name: AnswerValue | undefined): string | undefined {
  return typeof name === 'string' ? name.split('/').at(-1) : undefined;
}

function refuseGaps(registry: Registry, given: Answers, directory: string | undefined): void {
  const open = [
    ...(given['preset'] === undefined ? groups(registry).map(({ group }) => group.id) : []),
    ...registry.features
      .filter(isAlwaysOn)
      .flatMap(({ definition }) => definition.questions ?? [])
      .map(({ id }) => id),
  ].filter((key) => given[key] === undefined);
  const missing = [...(directory === undefined ? ['a directory'] : []), ...open.map((key) => `--${key}`)];
  if (missing.length > 0) throw missingFlags(missing, `create-prod-forge ${directory ?? 'my-api'} --yes`);
}

function missingFlags(missing: readonly string[], example: string): InputError {
  return new InputError({
    code: 'missing-answers',
    what: `Nobody can be asked here, and ${missing.length === 1 ? 'this is' : 'these are'} missing: ${missing.join(', ')}.`,
    remedy: `Give ${missing.length === 1 ? 'it' : 'them'}, or take the defaults with --yes: ${example}`,
  });
}

async function readAnswersFile(path: string): Promise<Answers> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError({
      code: 'answers-file-unreadable',
      what: `The answers file ${path} ${error.code === 'ENOENT' ? 'does not exist' : `can't be read (${error.code ?? error.message})`}.`,
      remedy: 'Give the path of a JSON file; its form is printed by: create-prod-forge schema',
    });
  });
  const answers = parseJson(text);
  if (!isJsonObject(answers)) throw malformed(path, 'it holds no JSON object');
  for (const [key, value] of Object.entries(answers)) {
    if (typeof value !== 'string' && typeof value !== 'boolean')
      throw malformed(path, `"${key}" is neither text nor true or false`);
  }
  return answers as Answers;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return undefined;
  }
}

function malformed(path: string, reason: string): InputError {
  return new InputError({
    code: 'answers-file-malformed',
    what: `The answers file ${path} is not usable: ${reason}.`,
    remedy: 'Correct it; its form is printed by: create-prod-forge schema',
  });
}

/** `npm create` and `pnpm create` say who they are; the project is then set up for the same one. */
function callingPackageManager(registry: Registry): Answers {
  const name = /^(\w+)\//.exec(process.env['npm_config_user_agent'] ?? '')?.[1];
  const known = registry.features.some(({ definition }) => definition.packageManager?.name === name);
  return known && name ? { 'package-manager': name } : {};
}
