import fc from 'fast-check';
import { startApp, type TestApp } from './support/app';
import { Client } from './support/client';
import { HeaderIdentityResolver } from './support/header-identity-resolver';

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const JSON_TYPE = { 'content-type': 'application/json' };
const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

describe('/v1/todos', () => {
  let service: TestApp;
  let user = 0;
  /** A client with an identity of its own: no test sees the todos of another. */
  const newClient = () => new Client(service.url, { 'x-test-user': `user-${(user += 1)}` });

  beforeAll(async () => {
    service = await startApp({}, HeaderIdentityResolver);
  });

  afterAll(async () => {
    await service.close();
  });

  it('creates a todo, trimmed, and says where it is', async () => {
    const client = newClient();
    const created = await client.post('/v1/todos', {
      title: '  Buy milk ',
      dueAt: '2030-01-31T10:00:00+01:00',
    });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(UUID_V7) as string,
      title: 'Buy milk',
      description: null,
      dueAt: '2030-01-31T09:00:00.000Z',
      completed: false,
      completedAt: null,
      createdAt: expect.any(String) as string,
      updatedAt: expect.any(String) as string,
      version: 1,
    });
    expect(created.headers.get('etag')).toBe('"1"');
    expect(created.headers.get('location')).toBe(`/v1/todos/${created.body.id}`);
    const read = await client.get(`/v1/todos/${created.body.id}`);
    expect(read).toMatchObject({ status: 200, body: created.body });
  });

  it('changes only the given fields: a title alone never resets completed', async () => {
    const client = newClient();
    const { body: todo } = await client.post('/v1/todos', {
      title: 'Buy milk',
      description: 'two bottles',
      dueAt: '2030-01-31T09:00:00Z',
      completed: true,
    });
    const changed = await client.patch(`/v1/todos/${todo.id}`, { title: 'Buy oat milk' });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({
      ...todo,
      title: 'Buy oat milk',
      updatedAt: changed.body.updatedAt,
      version: 2,
    });
  });

  it('keeps the time of completion when a todo is completed again, and drops it when it is reopened', async () => {
    const client = newClient();
    const { body: todo } = await client.post('/v1/todos', { title: 'Buy milk' });
    const first = await client.patch(`/v1/todos/${todo.id}`, { completed: true });
    const second = await client.patch(`/v1/todos/${todo.id}`, { completed: true });
    expect(first.body).toMatchObject({ completed: true, completedAt: expect.any(String) as string });
    expect(second.body.completedAt).toBe(first.body.completedAt);
    const reopened = await client.patch(`/v1/todos/${todo.id}`, { completed: false, description: null });
    expect(reopened.body).toMatchObject({ completed: false, completedAt: null, description: null });
  });

  it('takes every time from the clock of the database', async () => {
    const { body: todo } = await newClient().post('/v1/todos', { title: 'Done already', completed: true });
    expect([todo.completedAt, todo.updatedAt]).toEqual([todo.createdAt, todo.createdAt]);
  });

  it('deletes a todo once', async () => {
    const client = newClient();
    const { body: todo } = await client.post('/v1/todos', { title: 'Buy milk' });
    expect(await client.delete(`/v1/todos/${todo.id}`)).toMatchObject({ status: 204, body: '' });
    expect(await client.delete(`/v1/todos/${todo.id}`)).toMatchObject({ status: 404 });
    expect(await client.get(`/v1/todos/${todo.id}`)).toMatchObject({ status: 404 });
  });

  it('shows, changes and deletes nothing of another user', async () => {
    const [owner, stranger] = [newClient(), newClient()];
    const { body: todo } = await owner.post('/v1/todos', { title: 'mine' });
    const path = `/v1/todos/${todo.id}`;
    expect(await stranger.get(path)).toMatchObject({ status: 404 });
    expect(await stranger.patch(path, { title: 'theirs' })).toMatchObject({ status: 404 });
    expect(await stranger.delete(path)).toMatchObject({ status: 404 });
    expect((await stranger.get('/v1/todos')).body.items).toEqual([]);
    expect((await owner.get(path)).body).toEqual(todo);
  });

  describe('the list', () => {
    it('goes through all pages, newest first, unmoved by what is created meanwhile', async () => {
      const client = newClient();
      const titles = Array.from({ length: 7 }, (_, index) => `todo ${index}`);
      for (const title of titles) await client.post('/v1/todos', { title });
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await client.get(`/v1/todos?limit=3${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.body.items.map(({ title }: { title: string }) => title));
        cursor = page.body.nextCursor as string | null;
        await client.post('/v1/todos', { title: 'newer' });
      }
      expect(seen).toEqual([...titles].reverse());
    });

    it('skips and repeats nothing of what stays, whatever comes and goes between pages', async () => {
      const todos = fc.array(fc.constantFrom('stays', 'goes'), { maxLength: 30 });
      const limits = fc.infiniteStream(fc.integer({ min: 1, max: 10 }));
      await fc.assert(
        fc.asyncProperty(todos, limits, async (fates, pageLimits) => {
          const client = newClient();
          const create = async () => (await client.post('/v1/todos', { title: 'one' })).body.id as string;
          const ids: string[] = [];
          const doomed: string[] = [];
          for (const fate of fates) {
            const id = await create();
            ids.push(id);
            if (fate === 'goes') doomed.push(id);
          }
          const seen: string[] = [];
          let cursor: string | null = '';
          while (cursor !== null) {
            const limit = pageLimits.next().value;
            const page = await client.get(`/v1/todos?limit=${limit}${cursor && `&cursor=${cursor}`}`);
            seen.push(...page.body.items.map(({ id }: { id: string }) => id));
            cursor = page.body.nextCursor as string | null;
            await create();
            for (const id of doomed.splice(0, 3)) await client.delete(`/v1/todos/${id}`);
          }
          expect(seen).toEqual([...new Set(seen)].sort().reverse());
          const { items } = (await client.get('/v1/todos?limit=100')).body as { items: { id: string }[] };
          const left = new Set(items.map(({ id }) => id));
          expect(ids.filter((id) => left.has(id) && !seen.includes(id))).toEqual([]);
        }),
        { numRuns: 10 },
      );
    });

    it('filters by completion', async () => {
      const client = newClient();
      await client.post('/v1/todos', { title: 'open' });
      await client.post('/v1/todos', { title: 'done', completed: true });
      const titlesOf = async (query: string) =>
        (await client.get(`/v1/todos?${query}`)).body.items.map(
          ({ title }: { title: string }) => title,
        ) as string[];
      expect(await titlesOf('completed=true')).toEqual(['done']);
      expect(await titlesOf('completed=false')).toEqual(['open']);
    });

    it.each(['AAAAAAAAAAAAAAAAAAAAAA', 'x', "' OR 1=1"])('refuses the cursor %j', async (cursor) => {
      const answer = await newClient().get(`/v1/todos?cursor=${encodeURIComponent(cursor)}`);
      expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
    });
  });

  describe('refuses', () => {
    const LONG = 'x'.repeat(2001);
    it.each([
      [{}, ['title']],
      [{ title: '   ' }, ['title']],
      [{ title: LONG.slice(0, 201) }, ['title']],
      [{ title: '❤️'.repeat(101) }, ['title']],
      [{ title: 'nul \0' }, ['title']],
      [{ title: 7 }, ['title']],
      [{ title: 'a', description: LONG }, ['description']],
      [{ title: 'a', dueAt: 'tomorrow' }, ['dueAt']],
      [{ title: 'a', dueAt: '2030-02-31T09:00:00Z' }, ['dueAt']],
      [{ title: 'a', dueAt: '2030-01-31T24:00:00Z' }, ['dueAt']],
      [{ title: 'a', dueAt: '0001-01-01T00:00:00+01:00' }, ['dueAt']],
      [{ title: 'a', dueAt: '9999-12-31T23:59:59-01:00' }, ['dueAt']],
      [{ title: 'a', completed: 'yes' }, ['completed']],
      [{ title: 'a', userId: 'b', id: MISSING }, ['userId', 'id']],
    ])('the new todo %j', async (body, fields) => {
      const answer = await newClient().post('/v1/todos', body);
      expect(answer).toMatchObject({ status: 422, type: 'application/problem+json' });
      expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
    });

    it.each([undefined, null, [], [{ title: 'a' }], 'title', 7])('the body %j', async (body) => {
      const client = newClient();
      const { body: todo } = await client.post('/v1/todos', { title: 'Buy milk' });
      const sent = { ...(body !== undefined && { headers: JSON_TYPE, body: JSON.stringify(body) }) };
      const answers = [
        await client.send('POST', '/v1/todos', sent),
        await client.send('PATCH', `/v1/todos/${todo.id}`, sent),
      ];
      const refusal = { status: 422, body: { detail: 'The body must be a JSON object.' } };
      expect(answers).toMatchObject([refusal, refusal]);
    });

    it('null where a todo needs a value', async () => {
      const client = newClient();
      const { body: todo } = await client.post('/v1/todos', { title: 'Buy milk' });
      const answer = await client.patch(`/v1/todos/${todo.id}`, { title: null, completed: null });
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(['title', 'completed']);
    });

    it.each([
      'limit=0',
      'limit=101',
      'limit=ten',
      'limit=',
      'completed=maybe',
      'q=',
      'q=%00',
      'q=1.2.3.4.5.6.7.8.9',
      'page=2',
      'limit=1&limit=2',
    ])('the query %s', async (query) => {
      expect(await newClient().get(`/v1/todos?${query}`)).toMatchObject({ status: 422 });
    });

    it.each(['nope', '123', MISSING.replace('0', 'g')])('the id %s', async (id) => {
      expect(await newClient().get(`/v1/todos/${id}`)).toMatchObject({ status: 400 });
    });
  });
});
