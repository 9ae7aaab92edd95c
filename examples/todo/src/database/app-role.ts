import type { QueryRunner } from 'typeorm';

const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';
const INSUFFICIENT_PRIVILEGE = '42501';

/** The role of the service can not be prepared; the message says what to do. */
export class AppRoleError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppRoleError';
  }
}

/** Tables, views and sequences that the migrator may give rights to: not those of extensions, which belong to others. */
const OWN_RELATIONS = `
  SELECT format('%I.%I', relnamespace::regnamespace, relname) AS name, relkind = 'S' AS "isSequence", relname = $1 AS "isHistory"
  FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_has_role(relowner, 'USAGE')`;

interface Relation {
  readonly name: string;
  readonly isSequence: boolean;
  readonly isHistory: boolean;
}

/**
 * Before the migrations: the role of the service exists, can log in, and may use the schema without making anything in it.
 * One that is missing is made without a password: that is set elsewhere, or the membership in another role stands for it.
 *
 * @throws AppRoleError where the role could change the schema all the same, or is missing and may not be made.
 */
export async function prepareAppRole(
  session: QueryRunner,
  role: string,
  memberOf: string | undefined,
): Promise<void> {
  const [{ current, exists, quoted, schema }] = (await session.query(
    `SELECT current_user AS current, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists,
       quote_ident($1) AS quoted, quote_ident(current_schema()) AS schema`,
    [role],
  )) as [{ current: string; exists: boolean; quoted: string; schema: string }];
  if (role === current)
    throw new AppRoleError(
      `DATABASE_APP_USER is "${role}", the role of the migrator itself. Name the one that the service logs in with.`,
    );
  await runAll(session, [
    ...(exists ? [] : [`CREATE ROLE ${quoted} LOGIN`]),
    ...(memberOf === undefined ? [] : await membership(session, role, memberOf)),
  ]);
  await inTransaction(session, async () => {
    await session.query(`REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC, ${quoted}`);
    await session.query(`GRANT USAGE ON SCHEMA ${schema} TO ${quoted}`);
  });
  const [{ creates }] = (await session.query(
    `SELECT has_schema_privilege($1, current_schema(), 'CREATE') AS creates`,
    [role],
  )) as [{ creates: boolean }];
  if (creates)
    throw new AppRoleError(
      `The role "${role}" may change the schema whatever is granted: it is a superuser, or a member of a role that may, or everybody may. Name another one in DATABASE_APP_USER.`,
    );
}

/**
 * Gives the role of the service exactly this on what the migrations make: reading and writing rows, and reading which
 * migrations were applied. Part of the transaction of each migration: what takes the place of a table that the running
 * release uses is never there without these rights. Said anew by every run, which covers changes by hand.
 */
export async function grantRows(session: QueryRunner, role: string, history: string): Promise<void> {
  const [{ quoted }] = (await session.query('SELECT quote_ident($1) AS quoted', [role])) as [
    { quoted: string },
  ];
  const relations = (await session.query(OWN_RELATIONS, [history])) as Relation[];
  for (const { name, isSequence, isHistory } of relations) {
    const rights = isSequence ? 'USAGE' : isHistory ? 'SELECT' : 'SELECT, INSERT, UPDATE, DELETE';
    const object = `${isSequence ? 'SEQUENCE' : 'TABLE'} ${name}`;
    await session.query(`REVOKE ALL ON ${object} FROM ${quoted}`);
    await session.query(`GRANT ${rights} ON ${object} TO ${quoted}`);
  }
}

/** Does all of it or, where it fails, nothing. */
export async function inTransaction(session: QueryRunner, work: () => Promise<void>): Promise<void> {
  await session.startTransaction();
  try {
    await work();
    await session.commitTransaction();
  } catch (error) {
    // A connection that is lost can't roll back, and needs not.
    await session.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

/** What makes a role a member of another, where it is none yet. */
async function membership(session: QueryRunner, role: string, group: string): Promise<readonly string[]> {
  const [{ known, isMember, inherits, statement, undo }] = (await session.query(
    `SELECT to_regrole(quote_ident($2)) IS NOT NULL AS known,
       EXISTS (SELECT FROM pg_auth_members WHERE member = to_regrole(quote_ident($1)) AND roleid = to_regrole(quote_ident($2))) AS "isMember",
       (SELECT NOT rolsuper AND coalesce(pg_has_role(to_regrole(quote_ident($1)), 'USAGE'), false)
        FROM pg_roles WHERE rolname = current_user) AS inherits,
       format('GRANT %I TO %I', $2::text, $1::text) AS statement, format('REVOKE %I FROM %I', $1::text, current_user) AS undo`,
    [role, group],
  )) as [{ known: boolean; isMember: boolean; inherits: boolean; statement: string; undo: string }];
  if (!known)
    throw new AppRoleError(
      `DATABASE_APP_MEMBER_OF is "${group}", a role that this server does not have. Leave it out where "${role}" logs in with a password.`,
    );
  if (inherits)
    throw new AppRoleError(
      `The role of the migrator is a member of "${role}", and would log in like it from now on. Run this first: ${undo}`,
    );
  return isMember ? [] : [statement];
}

async function runAll(session: QueryRunner, statements: readonly string[]): Promise<void> {
  for (const [index, statement] of statements.entries()) {
    try {
      await session.query(statement);
    } catch (error) {
      const code = (error as { driverError?: { code?: unknown } }).driverError?.code;
      // Roles belong to the whole server: the migrator of another database was faster.
      if (code === DUPLICATE_OBJECT || code === UNIQUE_VIOLATION) continue;
      if (code !== INSUFFICIENT_PRIVILEGE) throw error;
      throw new AppRoleError(
        `The role of the service can not be made. Run this as one who may, then the migrator again: ${statements.slice(index).join('; ')}`,
        error,
      );
    }
  }
}
