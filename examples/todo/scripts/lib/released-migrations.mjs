// @ts-check
// What was released or merged has been applied somewhere: whoever changes it has another schema there than here.
import { git, latestRelease } from './latest-release.mjs';

const FOLDER = 'src/database/migrations';

/**
 * Compares with the latest release, and with where this branch left the main one.
 *
 * @param {string} [cwd]
 * @returns {string[]} what is wrong; nothing where there is no history to compare with
 */
export function releasedMigrationProblems(cwd = '.') {
  const branched = ['origin/HEAD', 'origin/main'].map((main) => git(cwd, 'merge-base', 'HEAD', main));
  const release = latestRelease(cwd);
  const bases = ['tag' in release ? release.tag : undefined, branched.find((base) => base !== undefined)];
  return [...new Set(bases.filter((base) => base !== undefined).flatMap((base) => problemsSince(base, cwd)))];
}

/**
 * @param {string} base
 * @param {string} cwd
 */
function problemsSince(base, cwd) {
  /** @param {string | undefined} list */
  const migrationsIn = (list) =>
    (list ?? '').split('\n').filter((file) => /^\d{13}-[^/]+\.ts$/.test(file.slice(FOLDER.length + 1)));
  // Paths are relative to this folder, which need not be the root of the repository.
  const diff = (/** @type {string[]} */ ...flags) =>
    git(cwd, 'diff', '--relative', '--no-renames', ...flags, base, '--', FOLDER);
  const changed = (/** @type {string} */ filter) =>
    migrationsIn(diff('--name-only', `--diff-filter=${filter}`));
  // Which line endings a checkout has is a matter of its settings: --name-only would name such files, too.
  const modified = migrationsIn(
    diff('--numstat', '--ignore-cr-at-eol', '--diff-filter=M')?.replaceAll(/^\d+\t\d+\t/gm, ''),
  );
  const newest =
    migrationsIn(git(cwd, 'ls-tree', '--name-only', base, `${FOLDER}/`))
      .sort()
      .at(-1) ?? '';
  const untracked = migrationsIn(git(cwd, 'ls-files', '--others', '--exclude-standard', '--', FOLDER));
  return [
    ...modified.map(
      (file) => `${file}: is in ${base} and must stay as it was. Put the change into a new migration.`,
    ),
    ...changed('D').map(
      (file) => `${file}: is in ${base} and must stay. Undo it with a new migration: migration:reverse.`,
    ),
    ...[...changed('A'), ...untracked]
      .filter((file) => file < newest)
      .map(
        (file) =>
          `${file}: comes before ${newest}, which is in ${base} already. Give it the time of now: file, class and name.`,
      ),
  ];
}
