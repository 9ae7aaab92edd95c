import { randomUUID } from 'node:crypto';
import { type Answered, type Client, isProblem, Wrong } from '#deploy/smoke/client';

const PATH = '/v1/todos';
/** How the todos of these tests are called: whoever sees one knows where it came from, and that it may go. */
const TITLE = 'Smoke test of a release';

/** A todo from its beginning to its end, as a user would have it. Throws a {@link Wrong} at the first thing that is not right. */
export async function liveOneLife(client: Client, word: string): Promise<void> {
  const title = `${TITLE}: ${word}`;
  const create = {
    path: PATH,
    method: 'POST',
    headers: { 'idempotency-key': randomUUID() },
    body: { title },
  };
  const created = await client.expect([201], 'creating a todo', create);
  const id = textOf(created, 'id', 'creating a todo');
  const path = `${PATH}/${id}`;

  const again = await client.expect([201], 'creating a todo again with its Idempotency-Key', create);
  same('creating a todo again with its Idempotency-Key', again.body.id, id);

  const refused = 'creating a todo without a title';
  isProblem(
    refused,
    await client.expect([422], refused, { path: PATH, method: 'POST', body: { title: ' ' } }),
  );

  const read = await client.expect([200], 'reading a todo', { path });
  same('reading a todo', read.body.title, title);

  const patch = { path, method: 'PATCH', headers: ifMatch(tagOf(read)), body: { completed: true } };
  const changed = await client.expect([200], 'changing a todo', patch);
  same('changing a todo', changed.body.completed, true);

  const stale = 'changing a version of a todo that is an old one';
  isProblem(stale, await client.expect([412], stale, patch));

  same('listing todos by a word', await idsOf(client, word), [id]);

  await client.expect([204], 'deleting a todo', { path, method: 'DELETE', headers: ifMatch(tagOf(changed)) });
  const gone = 'reading a todo that was deleted';
  isProblem(gone, await client.expect([404], gone, { path }));
}

/** Deletes what a life left that ended early: looked for, as an answer may not have told of it. */
export async function clean(client: Client, word: string): Promise<void> {
  for (const id of await idsOf(client, word))
    await client.expect([204, 404], `deleting the todo ${id}, which a smoke test left`, {
      path: `${PATH}/${id}`,
      method: 'DELETE',
      headers: ifMatch('*'),
    });
}

async function idsOf(client: Client, word: string): Promise<readonly string[]> {
  const what = 'listing todos by a word';
  const { body } = await client.expect([200], what, { path: `${PATH}?q=${word}` });
  const { items } = body;
  if (!Array.isArray(items)) throw new Wrong(`${what} answers without its items`);
  return (items as readonly { readonly id: string }[]).map(({ id }) => id);
}

function ifMatch(tag: string) {
  return { 'if-match': tag };
}

function tagOf({ headers }: Answered): string {
  const tag = headers.get('etag');
  if (tag === null) throw new Wrong('a todo has no ETag');
  return tag;
}

function textOf({ body }: Answered, field: string, what: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw new Wrong(`${what} answers without its ${field}`);
  return value;
}

function same(what: string, found: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Wrong(`${what} answers with ${is}, not ${should}`);
}
