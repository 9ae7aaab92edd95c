import { execute } from './example.ts';

const AS_NOBODY = [
  '-c',
  'user.name=test',
  '-c',
  'user.email=test@example.com',
  '-c',
  'core.hooksPath=/dev/null',
];

/** Runs Git in a folder, with an author and without hooks. Throws an Error with its output where it fails. */
export async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const { status, output } = await execute(['git', ...AS_NOBODY, ...args], { cwd: folder });
  if (status !== 0) throw new Error(output);
}
