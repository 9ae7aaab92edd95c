import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { runToEnd } from './support/child';
import { createDatabase, createEmptyDatabase, query } from './support/database';

const seed = async (url: string, environment: Readonly<Record<string, string>> = {}) =>
  // In a container the server may have another address.
  runToEnd('scripts/seed.mjs', ['--host', new URL(url).hostname], { DATABASE_URL: url, ...environment });

describe('the seed', () => {
  it('adds the same todos, however often it runs', async () => {
    const url = await createDatabase();
    const read = async () => query(url, 'SELECT * FROM todos ORDER BY id');
    expect(await seed(url)).toEqual({
      status: 0,
      output: 'Todos added: 50.\n',
    });
    const todos = await read();
    expect(todos.length).toBe(50);
    await query(url, 'DELETE FROM todos WHERE id = $1', [(todos[0] as { id: string }).id]);
    expect(await seed(url)).toEqual({
      status: 0,
      output: 'Todos added: 1.\n',
    });
    expect(await read()).toEqual(todos);
    expect((await seed(url)).output).toBe('All todos are there already.\n');
  });

  it.each<Record<string, string>>([{ NODE_ENV: 'production' }, { ENVIRONMENT: 'production' }])(
    'refuses production before it contacts the database: %j',
    async (environment) => {
      let contacts = 0;
      const database = createServer((socket) => {
        contacts += 1;
        socket.destroy();
      }).listen(0, '127.0.0.1');
      await once(database, 'listening');
      const { port } = database.address() as AddressInfo;
      const { status, output } = await seed(`postgres://127.0.0.1:${port}/todo`, environment);
      database.close();
      expect({ status, output, contacts }).toEqual({
        status: 2,
        output: 'This is production: no todos are made up here.\n',
        contacts: 0,
      });
    },
  );

  it('wants to hear that the database of another machine is meant', async () => {
    const { status, output } = await runToEnd('scripts/seed.mjs', [], {
      DATABASE_URL: 'postgres://db.example.com/todo',
    });
    expect({ status, output }).toMatchObject({
      status: 2,
      output: expect.stringContaining('--host db.example.com') as string,
    });
  });

  it('says what to do where there are no tables yet', async () => {
    const { status, output } = await seed(await createEmptyDatabase());
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining('migration:run') as string,
    });
  });
});
