// @ts-check
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { brokenRules, isOwnRule } from './migration-rules.mjs';

const squawk = createRequire(import.meta.url).resolve('squawk-cli/js/bin/squawk');
/** The migrator sets both for its session. */
const SESSION = `SET lock_timeout = '2s';\nSET statement_timeout = '15min';`;
const CONCURRENTLY = /\bCONCURRENTLY\b/i;
const MAKES_INDEX = /\bCREATE\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i;
const EXCEPTION = /^(.*?)--\s*squawk-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*:\s*(\S.*)$/;

/**
 * What makes a migration dangerous for a service that runs; empty where it is safe.
 *
 * @param {import('./migration-sql.mjs').RecordedMigration} migration
 * @returns {string[]}
 */
export function lintMigration({ name, transaction, statements, isBackfill }) {
  return [
    // Its statements are those of BackfillMigration, each a transaction of its own.
    ...(isBackfill ? [] : transactionProblems(name, transaction, statements)),
    ...exceptionProblems(name, statements),
    ...ruleProblems(name, statements, isBackfill),
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
 * The rules that a migration breaks on purpose, each with its reason: for the review.
 *
 * @param {import('./migration-sql.mjs').RecordedMigration} migration
 * @returns {string[]}
 */
export function exceptionsIn({ name, statements }) {
  return statements
    .flatMap(exceptionsOf)
    .map(({ rules, reason }) => `${name}: ${rules.join(', ')}: ${reason}`);
}

/** @param {string} statement */
function exceptionsOf(statement) {
  return statement.split('\n').flatMap((line) => {
    const [, , rules, reason = ''] = EXCEPTION.exec(line) ?? [];
    return rules ? [{ rules: rules.split(/\s*,\s*/), reason: reason.trim() }] : [];
  });
}

/**
 * An exception without a reason is no exception, and neither is one in a form that is not shown in the review.
 *
 * @param {string} name
 * @param {string[]} statements
 */
function exceptionProblems(name, statements) {
  return statements
    .flatMap((statement) => statement.split('\n'))
    .filter((line) => line.includes('squawk-') && !EXCEPTION.test(line))
    .map((line) => {
      const [, rule = '<rule>'] = /squawk-[a-z-]+\s+([\w-]+)/.exec(line) ?? [];
      return `${name}: say why "${rule}" does not apply: -- squawk-ignore ${rule}: <reason>`;
    });
}

/**
 * @param {string} name
 * @param {string[]} statements
 * @param {boolean} [isBackfill]
 */
function ruleProblems(name, statements, isBackfill) {
  return statements.flatMap((statement) => {
    const excepted = exceptionsOf(statement).flatMap(({ rules }) => rules);
    return brokenRules(statement)
      .filter(({ rule }) => !excepted.includes(rule) && !(isBackfill && rule === 'rows-at-once'))
      .map(({ rule, command }) => `${name}: ${rule}: ${command}`);
  });
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
  const input = sql.split('\n').map(asSquawkHasIt).join('\n');
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

/**
 * Squawk takes no reasons, and knows no rules but its own.
 *
 * @param {string} line
 */
function asSquawkHasIt(line) {
  const [exception, before = '', rules = ''] = EXCEPTION.exec(line) ?? [];
  if (!exception) return line;
  const known = rules.split(/\s*,\s*/).filter((rule) => !isOwnRule(rule));
  return known.length > 0 ? `${before}-- squawk-ignore ${known.join(', ')}` : before;
}
