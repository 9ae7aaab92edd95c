import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { databaseEnvironment } from './database.environment';

export type DatabaseValues = ReturnType<typeof databaseEnvironment.read>;

/** How the service logs in to its database, and whom it believes there. */
export interface DatabaseAccess {
  /**
   * The password of the role. A function is asked anew for every connection, so that a password can be rotated, or be a
   * token that is valid for minutes, without a restart.
   */
  readonly password: (values: DatabaseValues) => string | (() => Promise<string>) | undefined;
  /** The certificates to trust, where those that Node.js trusts are not the ones. */
  readonly authorities: (values: DatabaseValues) => string | readonly string[] | undefined;
}

/** As the variables of the database say, which are enough for a server anywhere. */
export const environmentAccess: DatabaseAccess = {
  password({ DATABASE_PASSWORD, DATABASE_PASSWORD_FILE }) {
    if (DATABASE_PASSWORD_FILE === undefined) return DATABASE_PASSWORD;
    return async () => (await readFile(DATABASE_PASSWORD_FILE, 'utf8')).trim();
  },
  authorities({ DATABASE_TLS_CA_FILE }) {
    return DATABASE_TLS_CA_FILE && readFileSync(DATABASE_TLS_CA_FILE, 'utf8');
  },
};
