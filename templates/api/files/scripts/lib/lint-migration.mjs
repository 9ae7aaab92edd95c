// @ts-check
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const squawk = createRequire(import.meta.url).resolve('squawk-cli/js/bin/squawk');
/** The migrator sets both for its session. */
const SESSION = `SET lock_timeout = '2s';\nSET statement_timeout = '15min';`;
const CONCURRENTLY = /\bCONCURRENTLY\b/i;
const MAKES_INDEX = /\bCREATE\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i;
const IGNORE = /--\s*squawk-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(:\s*\S.*)?$/gm;

/**
 * What makes a migration dangerous for a service that runs; empty where it is safe.
 *
 * @param {import('./migration-sql.mjs').RecordedMigration} migration
 * @returns {string[]}
 */
export function lintMigration({ name, transaction, statements, isBackfill }) {
  return [
    ...(isBackfill ? backfillProblems(name, statements) : transactionProblems(name, transaction, statements)),
    ...exceptionProblems(name, statements),
    ...sqlProblems(name, transaction, statements),
  ];
}

/**
 * @param {string} name
 * @param {boolean} transaction
 * @param {string[]} statements
 */
function transactionProblems(name, transaction, statements) {
  const concurrent = statements.some((statement) => CONCURRENTLY.test(statement));
  if (concurrent && transaction) return [`${name}: CONCURRENTLY needs "transaction = false" in the class.`];
  if (!concurrent && !transaction)
    return [`${name}: only CONCURRENTLY is a reason for "transaction = false".`];
  const changes = statements.filter((statement) => !/^\s*SELECT\b/i.test(statement));
  if (!transaction && changes.length > 1) {
    return [
      `${name}: without a transaction a migration has one statement, so that it can not stop half-way.`,
    ];
  }
  const replacesInvalid = statements.some((statement) => /\bindisvalid\b/i.test(statement));
  if (changes.some((sql) => MAKES_INDEX.test(sql)) && !replacesInvalid) {
    return [
      `${name}: a failed CREATE INDEX CONCURRENTLY leaves an invalid index: extend ConcurrentIndexMigration, which replaces it.`,
    ];
  }
  return [];
}

/**
 * @param {string} name
 * @param {string[]} statements
 */
function backfillProblems(name, statements) {
  return statements.every((statement) => /\bLIMIT\s+\$1\b/i.test(statement))
    ? []
    : [`${name}: a batch has a limit: UPDATE … WHERE id IN (SELECT id … LIMIT $1).`];
}

/**
 * The rules that a migration breaks on purpose, each with its reason: for the review.
 *
 * @param {import('./migration-sql.mjs').RecordedMigration} migration
 * @returns {string[]}
 */
export function exceptionsIn({ name, statements }) {
  return [...statements.join('\n').matchAll(IGNORE)]
    .filter(([, , reason]) => reason)
    .map(([, rule, reason = '']) => `${name}: ${rule}: ${reason.replace(/^:\s*/, '')}`);
}

/**
 * An exception without a reason is no exception.
 *
 * @param {string} name
 * @param {string[]} statements
 */
function exceptionProblems(name, statements) {
  return [...statements.join('\n').matchAll(IGNORE)]
    .filter(([, , reason]) => !reason)
    .map(([, rule]) => `${name}: say why "${rule}" does not apply: -- squawk-ignore ${rule}: <reason>`);
}

/**
 * @param {string} name
 * @param {boolean} transaction
 * @param {string[]} statements
 */
function sqlProblems(name, transaction, statements) {
  const sql = [SESSION, ...statements.map((statement) => `${statement.trim().replace(/;$/, '')};`)].join(
    '\n',
  );
  const input = sql.replaceAll(IGNORE, '-- squawk-ignore $1');
  const flags = [
    '--reporter',
    'gcc',
    '--stdin-filepath',
    `${name}.sql`,
    ...(transaction ? ['--assume-in-transaction'] : []),
  ];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [squawk, ...flags], {
    input,
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status === 0) return [];
  const findings = stdout.split('\n').filter((line) => line.startsWith(`${name}.sql`));
  return findings.length > 0 ? findings : [`${name}: squawk failed: ${stderr || stdout}`];
}
