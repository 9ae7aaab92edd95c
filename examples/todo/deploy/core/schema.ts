import type { Build, Release, Step } from '#deploy/core/release';

/** The time in the name of a migration, by which migrations are ordered; before all of them where there is none. */
function timeOf(migration: string): number {
  return Number(/(\d{13})$/.exec(migration)?.[1] ?? 0);
}

export function isNewer(one: string, other: string): boolean {
  return timeOf(one) > timeOf(other);
}

/**
 * The build whose migrations the database has: the newest of all that a release may have begun to apply, verified or not, for
 * migrations stay.
 */
export function migratedBuild(releases: readonly Release[]): Build | undefined {
  return newestSchema(
    releases.filter(({ kind, step }) => kind === 'deploy' && !BEFORE_MIGRATION.includes(step)),
  );
}

/** What `/version` says of the schema; undefined where a migration may have stopped half-way, or nothing is recorded. */
export function knownSchema(releases: readonly Release[]): string | undefined {
  const applied = newestSchema(releases.filter(({ migrated }) => migrated))?.schema;
  return applied === migratedBuild(releases)?.schema ? applied : undefined;
}

const BEFORE_MIGRATION: readonly Step[] = ['pre-flight', 'protect', 'snapshot'];

function newestSchema<T extends Build>(builds: readonly T[]): T | undefined {
  return builds.reduce<T | undefined>(
    (newest, build) => (newest && !isNewer(build.schema, newest.schema) ? newest : build),
    undefined,
  );
}

/** Why code of one schema can't run on the schema of a build; undefined where it was shown that it can. */
export function incompatibility(code: string, database: Build): string | undefined {
  if (code === database.schema || !isNewer(database.oldestCode, code)) return undefined;
  return (
    `its code knows the migrations up to ${code}, the database has those up to ${database.schema}, ` +
    `and the oldest code that was shown to run on these knows ${database.oldestCode}`
  );
}
