import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { runToEnd } from './support/child';
import { createDatabase, createEmptyDatabase, query } from './support/database';
import { migratorActivity, MigratorProcess } from './support/migrator';
import { appRole, asApp, serverUrl } from './support/server';
import { until } from './support/until';

const MIGRATE = 'dist/database/migrate.js';
const FORBIDDEN = '42501';

/** A name that no other test uses: roles belong to the whole server. */
const newRole = () => `role_${randomBytes(6).toString('hex')}`;

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

describe('the role of the service', () => {
  let owner: string;
  let app: string;

  beforeAll(async () => {
    owner = await createDatabase();
    app = asApp(owner);
  });

  it.each([
    'CREATE TABLE mine (id integer)',
    'ALTER TABLE todos ADD COLUMN mine integer',
    'DROP TABLE todos',
    'TRUNCATE todos',
    'CREATE INDEX ON todos (title)',
    `CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
    `INSERT INTO migrations (timestamp, name) VALUES (1, 'Mine1')`,
    'DELETE FROM migrations',
    'CREATE ROLE mine',
    'CREATE SCHEMA mine',
  ])('may not %s', async (statement) => {
    expect(await codeOf(query(app, statement))).toBe(FORBIDDEN);
  });

  it('may read and write rows, and see which migrations were applied', async () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    await query(app, `INSERT INTO todos (id, user_id, title) VALUES ($1, 'a', 'a')`, [id]);
    await query(app, `UPDATE todos SET title = 'b' WHERE id = $1`, [id]);
    expect(await query(app, 'SELECT title FROM todos WHERE id = $1', [id])).toEqual([{ title: 'b' }]);
    await query(app, 'DELETE FROM todos WHERE id = $1', [id]);
    expect((await query(app, 'SELECT name FROM migrations')).length).toBeGreaterThan(0);
  });

  it('gets the same rights on what later migrations make, and no others than these', async () => {
    const url = await createDatabase();
    await query(url, `GRANT TRUNCATE ON todos TO ${appRole()}`);
    const statements = ['CREATE TABLE tags (id integer GENERATED ALWAYS AS IDENTITY, name text)'];
    const run = MigratorProcess.run(url, [{ name: 'CreateTags1890000000000', statements }], {
      DATABASE_APP_USER: appRole(),
    });
    expect(await run.ended()).toBe(0);
    expect(run.events('app_role_prepared')).toEqual([expect.objectContaining({ role: appRole() })]);
    await query(asApp(url), `INSERT INTO tags (name) VALUES ('a')`);
    expect(await codeOf(query(asApp(url), 'TRUNCATE tags'))).toBe(FORBIDDEN);
    expect(await codeOf(query(asApp(url), 'TRUNCATE todos'))).toBe(FORBIDDEN);
  });

  it('has its rights in the moment when a migration commits, also where a later one fails', async () => {
    const url = await createDatabase();
    // A rename as it is done while the release before still runs: that one goes on through the view.
    const statements = ['ALTER TABLE todos RENAME TO tasks', 'CREATE VIEW todos AS SELECT * FROM tasks'];
    const fixtures = [
      { name: 'RenameTodos4000000000001', statements },
      { name: 'Fails4000000000002', statements: ['SELECT 1 / 0'] },
    ];
    const run = MigratorProcess.run(url, fixtures, { DATABASE_APP_USER: appRole() });
    expect(await run.ended()).toBe(1);
    await query(asApp(url), `INSERT INTO todos (id, user_id, title) VALUES (gen_random_uuid(), 'a', 'a')`);
    expect(await query(asApp(url), 'SELECT title FROM todos')).toEqual([{ title: 'a' }]);
  });

  it('loses by the next run what somebody gave it or everybody, and gets back what somebody took', async () => {
    const url = await createDatabase();
    for (const statement of [
      `GRANT ALL ON todos, migrations TO ${appRole()}`,
      `REVOKE SELECT ON idempotency_keys FROM ${appRole()}`,
      `GRANT ALL ON SCHEMA public TO ${appRole()}, PUBLIC`,
    ])
      await query(url, statement);
    const environment = { DATABASE_URL: url, DATABASE_APP_USER: appRole() };
    const runs = await Promise.all([1, 2, 3].map(async () => runToEnd(MIGRATE, [], environment)));
    expect(runs.map(({ status, output }) => (status === 0 ? 0 : output))).toEqual([0, 0, 0]);
    const rights = await query(
      url,
      `SELECT table_name AS name, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS rights
       FROM information_schema.role_table_grants WHERE grantee = $1 GROUP BY 1 ORDER BY 1`,
      [appRole()],
    );
    expect(rights).toEqual([
      { name: 'idempotency_keys', rights: 'DELETE, INSERT, SELECT, UPDATE' },
      { name: 'migrations', rights: 'SELECT' },
      { name: 'todos', rights: 'DELETE, INSERT, SELECT, UPDATE' },
    ]);
    expect(await codeOf(query(asApp(url), 'CREATE TABLE mine (id integer)'))).toBe(FORBIDDEN);
  });

  it.each([
    ['superuser', () => 'SUPERUSER'],
    ['member of a role that may change the schema', (other: string) => `IN ROLE ${other}`],
  ])('is no %s: that is refused before anything is migrated', async (_, attributes) => {
    const url = await createEmptyDatabase();
    const [other, role] = [newRole(), newRole()];
    await query(url, `CREATE ROLE ${other}`);
    await query(url, `GRANT CREATE ON SCHEMA public TO ${other}`);
    await query(url, `CREATE ROLE ${role} LOGIN ${attributes(other)}`);
    const { status, output } = await runToEnd(MIGRATE, [], { DATABASE_URL: url, DATABASE_APP_USER: role });
    expect(status).toBe(1);
    expect(output).toContain('may change the schema whatever is granted');
    expect(await query(url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
    await query(url, `DROP OWNED BY ${other}, ${role}; DROP ROLE ${other}, ${role}`);
  });

  it('is made where it is missing, once by migrators that start together, and can not log in with a password', async () => {
    const url = await createEmptyDatabase();
    const role = newRole();
    const environment = { DATABASE_URL: url, DATABASE_APP_USER: role };
    const runs = await Promise.all([1, 2, 3].map(async () => runToEnd(MIGRATE, [], environment)));
    expect(runs.map(({ status, output }) => (status === 0 ? 0 : output))).toEqual([0, 0, 0]);
    expect(
      await query(
        url,
        'SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolpassword FROM pg_authid WHERE rolname = $1',
        [role],
      ),
    ).toEqual([
      { rolcanlogin: true, rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolpassword: null },
    ]);
    await query(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it('is taken as it is where the migrator of another database makes it at the same time', async () => {
    const url = await createEmptyDatabase();
    const role = newRole();
    const other = new Client({ connectionString: serverUrl() });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query(`CREATE ROLE ${role} LOGIN`);
      const run = MigratorProcess.run(url, [], { DATABASE_APP_USER: role });
      await until('the migrator to wait for the other one', async () =>
        (await migratorActivity(url)).some(({ query: sql }) => sql.startsWith('CREATE ROLE')),
      );
      await other.query('COMMIT');
      expect(await run.ended()).toBe(0);
      expect(run.events('app_role_prepared')).toHaveLength(1);
    } finally {
      await other.end();
    }
    await query(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  describe('that logs in as a member of another role', () => {
    const group = newRole();
    let url: string;
    let role: string;

    beforeEach(async () => {
      url = await createEmptyDatabase();
      role = newRole();
      await query(url, `CREATE ROLE ${group}`);
    });

    afterEach(async () => {
      await query(url, `DROP OWNED BY ${role}; DROP ROLE ${role}, ${group}`);
    });

    const migrate = async (names = { DATABASE_APP_USER: role, DATABASE_APP_MEMBER_OF: group }) =>
      runToEnd(MIGRATE, [], { DATABASE_URL: url, ...names });
    const groups = async () =>
      query(url, 'SELECT roleid::regrole::text AS name FROM pg_auth_members WHERE member = $1::regrole', [
        role,
      ]);

    it.each([
      ['made', () => Promise.resolve()],
      ['there already, with a password', async () => query(url, `CREATE ROLE ${role} LOGIN PASSWORD 'x'`)],
    ])('is made its member where it is %s, and stays that', async (_, before) => {
      await before();
      for (let run = 0; run < 2; run += 1) {
        expect(await migrate()).toMatchObject({ status: 0 });
        expect(await groups()).toEqual([{ name: group }]);
      }
    });

    it('is no member of it without being asked', async () => {
      const { status } = await runToEnd(MIGRATE, [], { DATABASE_URL: url, DATABASE_APP_USER: role });
      expect([status, await groups()]).toEqual([0, []]);
    });

    it('is told where the server has no such role, before anything is migrated', async () => {
      await query(url, `CREATE ROLE ${role}`);
      const names = { DATABASE_APP_USER: role, DATABASE_APP_MEMBER_OF: 'no-such-role' };
      const { status, output } = await migrate(names);
      expect(status).toBe(1);
      expect(output).toContain(
        'DATABASE_APP_MEMBER_OF is \\"no-such-role\\", a role that this server does not have.',
      );
      expect(await query(url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
    });

    it('does not take the owner with it, whose own way to log in would be gone', async () => {
      const owner = newRole();
      await query(url, `CREATE ROLE ${role} LOGIN`);
      await query(url, `CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD '${owner}' IN ROLE ${role}`);
      await query(url, `GRANT ${group} TO ${owner} WITH ADMIN OPTION, INHERIT FALSE`);
      await query(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} OWNER TO ${owner}`);
      const owned = new URL(url);
      owned.username = owned.password = owner;
      const { status, output } = await runToEnd(MIGRATE, [], {
        DATABASE_URL: owned.href,
        DATABASE_APP_USER: role,
        DATABASE_APP_MEMBER_OF: group,
      });
      expect({ status, output }).toMatchObject({
        status: 1,
        output: expect.stringContaining(`Run this first: REVOKE ${role} FROM ${owner}`) as string,
      });
      expect(await groups()).toEqual([]);
      await query(
        url,
        `REASSIGN OWNED BY ${owner} TO CURRENT_USER; DROP OWNED BY ${owner}; DROP ROLE ${owner}`,
      );
    });
  });

  describe('of a migrator that may not make roles', () => {
    const owner = newRole();
    let server: string;
    let url: string;

    beforeAll(async () => {
      server = await createEmptyDatabase();
      await query(server, `CREATE ROLE ${owner} LOGIN PASSWORD '${owner}'`);
      await query(server, `ALTER DATABASE ${new URL(server).pathname.slice(1)} OWNER TO ${owner}`);
      const owned = new URL(server);
      owned.username = owned.password = owner;
      url = owned.href;
    });

    afterAll(async () => {
      await query(
        server,
        `REASSIGN OWNED BY ${owner} TO CURRENT_USER; DROP OWNED BY ${owner}; DROP ROLE ${owner}`,
      );
    });

    it('has to be made by somebody else, who is told how', async () => {
      const { status, output } = await runToEnd(MIGRATE, [], {
        DATABASE_URL: url,
        DATABASE_APP_USER: 'no-such-role',
      });
      expect(status).toBe(1);
      expect(output).toContain(
        'Run this as one who may, then the migrator again: CREATE ROLE \\"no-such-role\\" LOGIN',
      );
    });

    it('gets its rights where it is there', async () => {
      const environment = { DATABASE_URL: url, DATABASE_APP_USER: appRole() };
      expect(await runToEnd(MIGRATE, [], environment)).toMatchObject({ status: 0 });
      expect(await query(asApp(url), 'SELECT FROM todos')).toEqual([]);
    });

    it('is not that of the migrator itself', async () => {
      expect(await runToEnd(MIGRATE, [], { DATABASE_URL: url })).toMatchObject({ status: 0 });
      const { status, output } = await runToEnd(MIGRATE, [], { DATABASE_URL: url, DATABASE_APP_USER: owner });
      expect(status).toBe(1);
      expect(output).toContain('the role of the migrator itself');
      // It has kept its own rights.
      expect(await query(url, 'SELECT FROM todos')).toEqual([]);
    });
  });
});
