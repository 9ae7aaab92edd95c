import { ExplainedError, InputError } from '../engine/errors.ts';
import { quote } from '../engine/quote.ts';

/** The disk or its permissions are in the way: the same input works elsewhere, or later. */
export class DiskError extends ExplainedError {
  override readonly name = 'DiskError';
  readonly exitStatus = 1;
}

type Translation = (where: string) => {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
};

const notWritable: Translation = (where) => ({
  code: 'not-writable',
  what: `${where} may not be written.`,
  remedy: 'Choose another folder, or get the permission to write there.',
});

const diskFull: Translation = (where) => ({
  code: 'disk-full',
  what: `The disk that holds ${where} is full.`,
  remedy: 'Free some space or choose a folder on another disk; nothing was left behind.',
});

const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: (where) => ({
    code: 'read-only-disk',
    what: `The disk that holds ${where} is read-only.`,
    remedy: 'Choose a folder on a disk that can be written.',
  }),
  EMFILE: (where) => ({
    code: 'too-many-open-files',
    what: `Too many files are open to write ${where}.`,
    remedy: 'Close other programs or raise the limit (ulimit -n), then run the command again.',
  }),
  EIO: (where) => ({
    code: 'disk-failure',
    what: `The disk that holds ${where} reports a failure.`,
    remedy: 'Choose a folder on another disk.',
  }),
};

const INPUT_TRANSLATIONS: Readonly<Record<string, Translation>> = {
  ENAMETOOLONG: (where) => ({
    code: 'path-too-long',
    what: `The path of ${where} is longer than this system allows.`,
    remedy: 'Choose a shorter name or a folder nearer to the root.',
  }),
  ENOTDIR: fileInTheWay,
  ENOENT: (where) => ({
    code: 'parent-missing',
    what: `The folder that should hold ${where} is missing.`,
    remedy: 'Create it first, or choose another one.',
  }),
  ELOOP: (where) => ({
    code: 'link-loop',
    what: `Symbolic links on the way to ${where} point at each other.`,
    remedy: 'Choose a path without them.',
  }),
  EEXIST: appeared,
  ENOTEMPTY: appeared,
};

function fileInTheWay(where: string): ReturnType<Translation> {
  return {
    code: 'parent-not-a-folder',
    what: `A file stands on the way to ${where} where a folder should be.`,
    remedy: 'Choose a path on which every part before the last is a folder.',
  };
}

function appeared(where: string): ReturnType<Translation> {
  return {
    code: 'target-appeared',
    what: `Another program wrote into ${where} at the same time.`,
    remedy: 'Look at what is there, then choose another name or run the command again.',
  };
}

/** Something stands at the target now that was not there when the run began. */
export function appearedError(path: string): InputError {
  return new InputError(appeared(quote(path)));
}

/** A file stands where the folder that holds the target should be. */
export function parentError(path: string): InputError {
  return new InputError(fileInTheWay(quote(path)));
}

/**
 * The error as the user should read it: explained where the system's code is a known one, unchanged where it is not.
 *
 * @param path what was being written or read
 */
export function explain(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof ExplainedError) return error;
  const where = quote(path);
  const input = INPUT_TRANSLATIONS[code];
  if (input) return new InputError(input(where), { cause: error });
  const disk = TRANSLATIONS[code];
  return disk ? new DiskError(disk(where), { cause: error }) : error;
}

/** The system's code of an error of `node:fs`, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
