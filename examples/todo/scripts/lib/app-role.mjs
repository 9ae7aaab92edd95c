// @ts-check
// The role that the service has in databases of this machine: as in production, the migrator gives it rights to rows alone.
import pg from 'pg';

/**
 * Makes the role where it is missing; its password is its name, on servers that only this machine reaches.
 *
 * @param {string} ownerUrl The database, for whoever may make roles.
 * @param {{ role: string, password?: string }} options
 * @returns {Promise<string>} The database, for the service.
 */
export async function withAppRole(ownerUrl, { role, password = role }) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    if (rowCount === 0)
      await client.query(
        `CREATE ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`,
      );
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
