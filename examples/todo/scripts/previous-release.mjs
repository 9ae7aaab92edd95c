// @ts-check
// A release runs beside the one before it, and may be rolled back to it: the migrations of this checkout must keep the
// rows of the previous release, and its end-to-end tests must pass on the new schema.
import { execFileSync, execSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from './lib/embedded-postgres.mjs';
import { git, latestRelease } from './lib/latest-release.mjs';
import { recordMigration } from './lib/migration-sql.mjs';
import { changesBetween, goneBetween, intendedChangesIn, readRows } from './lib/rows.mjs';

const LOCKFILE = 'package-lock.json';
const FOLDER = join('.data', 'previous-release');
const APP = join(FOLDER, 'app');
const MIGRATE = join('dist', 'database', 'migrate.js');
const ROWS = 10_000;
const NOT_APPLICABLE = 78;
/** What these test is not the API on a given schema, but the schema and the tools themselves. */
const OF_THE_SCHEMA = '/(migrations|migrator|reverse|roles|tls|database-log|runbooks|seed|bench)\\.e2e-spec';

// Some package managers pass the `--` on that separates the arguments: files of tests, without any all of them.
const files = process.argv.slice(2).filter((argument) => argument !== '--');
const previous = previousRelease();
if ('none' in previous) {
  console.log(`Nothing to compare with: ${previous.none}.`);
  process.exit(NOT_APPLICABLE);
}
const release = previous.tag;

try {
  checkOut(release);
  await keepsRows();
  servesOldCode();
  console.log(`${release} keeps its rows and runs on the schema of this checkout.`);
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
} finally {
  rmSync(FOLDER, { recursive: true, force: true });
}

/** A pipeline that runs for a tag compares with the release before it. */
function previousRelease() {
  const latest = latestRelease();
  const isThis =
    'tag' in latest && git('.', 'rev-parse', `${latest.tag}^{commit}`) === git('.', 'rev-parse', 'HEAD');
  return isThis ? latestRelease('.', `${latest.tag}^`) : latest;
}

/**
 * The release, installed and built.
 *
 * @param {string} tag
 */
function checkOut(tag) {
  if (!existsSync(MIGRATE)) throw new Error('There is no build. Make one with the script "build" first.');
  console.log(`Building ${tag} …`);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(APP, { recursive: true });
  const archive = join(FOLDER, 'release.tar');
  execFileSync('git', ['archive', '--format=tar', `--output=${archive}`, tag, '.']);
  execFileSync('tar', ['-xf', archive, '-C', APP]);
  const isSame = readFileSync(LOCKFILE, 'utf8') === readFileSync(join(APP, LOCKFILE), 'utf8');
  if (isSame) symlinkSync(resolve('node_modules'), resolve(APP, 'node_modules'), 'junction');
  else execSync('npm ci', { cwd: APP, stdio: 'inherit' });
  execFileSync(process.execPath, ['--run', 'build'], { cwd: APP, stdio: 'inherit' });
}

/** Migrates a database of the release that has rows in it. */
async function keepsRows() {
  const server = await startEmbeddedPostgres(join(FOLDER, 'postgres'), { disposable: true });
  const client = new pg.Client({ connectionString: server.url('postgres') });
  /** @type {import('./lib/rows.mjs').Query} */
  const query = async (sql) => (await client.query(sql)).rows;
  const environment = { DATABASE_URL: server.url('postgres'), LOG_LEVEL: 'warn' };
  try {
    await client.connect();
    run(APP, [MIGRATE], environment);
    run(APP, [join('scripts', 'seed.mjs'), '--count', String(ROWS)], environment);
    const before = await readRows(query);
    const applied = (await query('SELECT name FROM migrations')).map(({ name }) => name);
    run('.', [MIGRATE], environment);
    const after = await readRows(query);
    for (const what of goneBetween(before, after)) console.log(`gone: ${what}`);
    const changes = changesBetween(before, after);
    const intended = await intendedChanges(applied);
    for (const { what } of changes.filter(({ what }) => intended.has(what)))
      console.log(`meant: ${what}: ${intended.get(what)}`);
    const problems = changes.filter(({ what }) => !intended.has(what)).map(({ problem }) => `  ${problem}`);
    if (problems.length > 0) {
      throw new Error(
        `The migrations changed what was there:\n${problems.join('\n')}\nWhere that is meant, say so in the SQL: -- changes <table>.<column>: <reason>`,
      );
    }
  } finally {
    await client.end();
    await server.stop();
  }
}

/**
 * What the migrations since the release mean to change: what an older one meant excuses nothing now.
 *
 * @param {string[]} applied
 * @returns {Promise<Map<string, string>>} reasons by what changes
 */
async function intendedChanges(applied) {
  const { migrations } = createRequire(import.meta.url)(
    resolve('dist', 'database', 'migrations', 'index.js'),
  );
  /** @type {import('./lib/migration-sql.mjs').RecordedMigration[]} */
  const recorded = await Promise.all(migrations.map(recordMigration));
  const since = recorded.filter(({ name }) => !applied.includes(name));
  return new Map(since.flatMap(({ statements }) => intendedChangesIn(statements)));
}

/** The tests of the release make their databases with the migrator of this checkout. */
function servesOldCode() {
  const flags = ['--config', join('test', 'jest.config.mjs'), '--testPathIgnorePatterns', OF_THE_SCHEMA];
  const args = [
    join('scripts', 'jest.mjs'),
    ...flags,
    ...(files.length > 0 ? ['--testPathPatterns', ...files] : []),
  ];
  run(APP, args, { TEST_MIGRATOR: resolve(MIGRATE) });
}

/**
 * @param {string} cwd
 * @param {string[]} args
 * @param {Record<string, string>} environment
 */
function run(cwd, args, environment) {
  const env = { ...process.env, NODE_ENV: 'test', ...environment };
  const { status } = spawnSync(process.execPath, args, { cwd, env, stdio: 'inherit' });
  const where = cwd === APP ? `of ${release}` : 'of this checkout';
  if (status !== 0) throw new Error(`${args[0]} ${where} failed, as shown above.`);
}
