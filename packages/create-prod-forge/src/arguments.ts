import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Answers } from './engine/answers.ts';
import { InputError } from './engine/errors.ts';
import { groups, type Registry } from './engine/registry.ts';
import { closest } from './engine/suggest.ts';

/** What `create` was asked to do, before any answer is completed. */
export interface CreateInvocation {
  readonly command: 'create';
  readonly directory: string | undefined;
  /** Only what stood in the arguments. */
  readonly answers: Answers;
  readonly answersFile: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly install: boolean;
  readonly git: boolean;
  readonly force: boolean;
}

type Options = NonNullable<ParseArgsConfig['options']>;

export type Invocation =
  | CreateInvocation
  | { readonly command: 'list'; readonly json: boolean }
  | { readonly command: 'schema' | 'help' | 'version' };

const CONTROLS = {
  yes: { type: 'boolean', short: 'y' },
  answers: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  install: { type: 'boolean' },
  git: { type: 'boolean' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies Options;

/** Whether errors go to standard output as JSON; asked before the arguments are known to be right. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

/**
 * Reads the arguments; the flags for answers are those of the registry.
 *
 * Throws an {@link InputError} for an unknown flag, a missing value or too many arguments.
 */
export function parseArguments(registry: Registry, argv: readonly string[]): Invocation {
  const options: Options = { ...CONTROLS, ...answerFlags(registry) };
  const { values, positionals } = parse(options, argv);
  if (values['help']) return { command: 'help' };
  if (values['version']) return { command: 'version' };
  const [first, ...rest] = positionals;
  if (first === 'list' || first === 'schema') {
    if (rest.length > 0) {
      throw new InputError({
        code: 'too-many-arguments',
        what: `\`${first}\` takes nothing more, and there is: ${rest.join(', ')}.`,
        remedy: `Run: create-prod-forge ${first}`,
      });
    }
    return first === 'list' ? { command: 'list', json: values['json'] === true } : { command: 'schema' };
  }
  if (rest.length > 0) {
    throw new InputError({
      code: 'too-many-arguments',
      what: `There is more than one directory: ${positionals.join(', ')}.`,
      remedy: 'Give one directory; options start with --.',
    });
  }
  const answers = Object.entries(values).filter(([key]) => !(key in CONTROLS));
  return {
    command: 'create',
    directory: first,
    answers: Object.fromEntries(answers) as Answers,
    answersFile: values['answers'] as string | undefined,
    yes: values['yes'] === true,
    dryRun: values['dry-run'] === true,
    json: values['json'] === true,
    install: values['install'] !== false,
    git: values['git'] !== false,
    force: values['force'] === true,
  };
}

function answerFlags(registry: Registry): Options {
  const questions = registry.features.flatMap(({ definition }) => definition.questions ?? []);
  return Object.fromEntries([
    ['name', { type: 'string' }],
    ['preset', { type: 'string' }],
    ...groups(registry).map(({ group }) => [group.id, { type: 'string' }] as const),
    ...questions.map(({ id, type }) => [id, { type: type === 'boolean' ? 'boolean' : 'string' }] as const),
  ]) as Options;
}

function parse(options: Options, argv: readonly string[]): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, allowNegative: true, strict: true });
  } catch (error) {
    throw translate(error as NodeJS.ErrnoException, Object.keys(options), argv);
  }
}

function translate(error: NodeJS.ErrnoException, known: readonly string[], argv: readonly string[]): Error {
  if (!error.code?.startsWith('ERR_PARSE_ARGS')) return error;
  if (error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const [problem = error.message] = error.message.split('\n');
    return new InputError({
      code: 'invalid-flag',
      what: problem.replace(/[.?]?$/, '.'),
      remedy: 'Give each option as --option value; see --help for what each one takes.',
    });
  }
  const flag = /'(-[^' ]*)/.exec(error.message)?.[1] ?? argv.find((word) => word.startsWith('-')) ?? '';
  const suggestion = closest(flag.replace(/^--?(no-)?/, ''), known);
  return new InputError({
    code: 'unknown-flag',
    what: `There is no option ${flag}.`,
    remedy: suggestion
      ? `Did you mean --${suggestion}? See --help for all options.`
      : 'See --help for all options.',
  });
}
