// @ts-check

const OBJECTS = 'VIEW|MATERIALIZED|FUNCTION|PROCEDURE|TYPE|DOMAIN|SCHEMA|SEQUENCE|TRIGGER|EXTENSION|POLICY';

/**
 * Rules that squawk does not have, by what a command that breaks them looks like.
 *
 * @type {Readonly<Record<string, RegExp>>}
 */
const RULES = {
  'rows-at-once':
    /^(UPDATE|DELETE|TRUNCATE|MERGE)\b|^WITH\b.*\b(UPDATE\s+(ONLY\s+)?\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO)\b/is,
  'hidden-sql': /^(DO|CALL|EXECUTE|PREPARE)\b/i,
  'own-time-limit': /^(SET|RESET)\b.*\b(lock_timeout|statement_timeout)\b|\bset_config\s*\(/is,
  'ban-drop-object': new RegExp(`^DROP\\s+(${OBJECTS})\\b`, 'i'),
  'table-lock': /^(LOCK|CLUSTER)\b|^VACUUM\b.*\bFULL\b|^REFRESH\s+MATERIALIZED\s+VIEW\s+(?!CONCURRENTLY)/is,
};
/** Strings, of both kinds, and comments. */
const NO_COMMANDS = /'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|--[^\n]*|\/\*.*?\*\//gs;

/**
 * @param {string} sql Any number of commands.
 * @returns {{ rule: string, command: string }[]} the rules of ours that it breaks, and where
 */
export function brokenRules(sql) {
  const commands = sql
    .replaceAll(NO_COMMANDS, "''")
    .split(';')
    .map((command) => command.replaceAll(/^(''|\s)+/g, '').trim());
  return commands.flatMap((command) =>
    Object.entries(RULES)
      .filter(([, pattern]) => pattern.test(command))
      .map(([rule]) => ({ rule, command: command.replaceAll(/\s+/g, ' ').slice(0, 80) })),
  );
}

/** @param {string} rule */
export function isOwnRule(rule) {
  return rule in RULES;
}
