import { readFile } from 'node:fs/promises';
import type { databaseEnvironment } from './database.environment';

type Values = ReturnType<typeof databaseEnvironment.read>;

/**
 * Where the password of the role comes from. A function is asked anew for every connection, so that a password can
 * be rotated, or be a token that is valid for minutes, without a restart.
 */
export function databasePassword({
  DATABASE_PASSWORD,
  DATABASE_PASSWORD_FILE,
}: Values): string | (() => Promise<string>) | undefined {
  if (DATABASE_PASSWORD_FILE === undefined) return DATABASE_PASSWORD;
  return async () => (await readFile(DATABASE_PASSWORD_FILE, 'utf8')).trim();
}
