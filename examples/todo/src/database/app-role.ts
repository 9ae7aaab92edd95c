import type { QueryRunner } from 'typeorm';

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
 * Gives the role of the service exactly this on the schema that the migrations make: reading and writing rows, and
 * reading which migrations were applied. Every run says it anew, so that later tables and changes by hand are
 * covered. A role that is missing is made without a password: that, or another way to log in, is set elsewhere.
 *
 * @throws AppRoleError where the role is the migrator's own, or is missing and may not be made.
 */
export async function prepareAppRole(session: QueryRunner, role: string, history: string): Promise<void> {
  const [{ current, exists, quoted, schema, tokens }] = (await session.query(
    `SELECT current_user AS current, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists,
       quote_ident($1) AS quoted, quote_ident(current_schema()) AS schema,
       EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') AS tokens`,
    [role],
  )) as [{ current: string; exists: boolean; quoted: string; schema: string; tokens: boolean }];
  if (role === current)
    throw new AppRoleError(
      `DATABASE_APP_USER is "${role}", the role of the migrator itself. Name the one that the service logs in with.`,
    );
  if (!exists) await createRole(session, quoted, tokens);
  const relations = (await session.query(OWN_RELATIONS, [history])) as Relation[];
  const statements = [
    `REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC, ${quoted}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${quoted}`,
    ...relations.flatMap(({ name, isSequence, isHistory }) =>
      isSequence
        ? [`REVOKE ALL ON SEQUENCE ${name} FROM ${quoted}`, `GRANT USAGE ON SEQUENCE ${name} TO ${quoted}`]
        : [
            `REVOKE ALL ON TABLE ${name} FROM ${quoted}`,
            `GRANT ${isHistory ? 'SELECT' : 'SELECT, INSERT, UPDATE, DELETE'} ON TABLE ${name} TO ${quoted}`,
          ],
    ),
  ];
  await session.startTransaction();
  try {
    for (const statement of statements) await session.query(statement);
    await session.commitTransaction();
  } catch (error) {
    await session.rollbackTransaction();
    throw error;
  }
}

async function createRole(session: QueryRunner, quoted: string, tokens: boolean): Promise<void> {
  // Where Amazon RDS accepts tokens of IAM, they are how a role without a password logs in.
  const statement = `CREATE ROLE ${quoted} LOGIN${tokens ? ' IN ROLE rds_iam' : ''}`;
  try {
    await session.query(statement);
  } catch (error) {
    throw new AppRoleError(
      `The role of the service can not be made. Run this as one who may, then the migrator again: ${statement}`,
      error,
    );
  }
}
