// @ts-check
// What a service sees on a normal day, and on a bad one.
import pg from 'pg';

const HEADERS = { 'content-type': 'application/json' };

/**
 * Requests of every kind, each answered as it should be.
 *
 * @param {string} url
 * @param {number} rounds How often each comes.
 */
export async function goodTraffic(url, rounds = 20) {
  const todos = `${url}/v1/todos`;
  for (let count = 0; count < rounds; count += 1) {
    const created = await send(todos, 'POST', { title: `Buy milk ${count}` }, 201);
    const { id } = /** @type {any} */ (await created.json());
    await send(`${todos}?limit=5&q=milk`, 'GET', undefined, 200);
    await send(`${todos}/${id}`, 'GET', undefined, 200);
    await send(`${todos}/${id}`, 'PATCH', { completed: true }, 200);
    await send(`${todos}/${id}`, 'DELETE', undefined, 204);
    await send(`${todos}/${id}`, 'GET', undefined, 404);
    await send(todos, 'POST', { title: '' }, 422);
    await send(`${url}/nowhere-${count}`, 'GET', undefined, 404);
    await send(`${url}/version`, 'GET', undefined, 200);
  }
}

/**
 * A lock on the table: some requests wait for it and are slow, others give up and fail.
 *
 * @param {string} url
 * @param {string} databaseUrl Of the owner of the table.
 * @param {{ slowMs: number, failMs: number }} options How long each lock is held.
 */
export async function lockedTraffic(url, databaseUrl, { slowMs, failMs }) {
  for (const [heldMs, status] of /** @type {const} */ ([
    [slowMs, 201],
    [failMs, 503],
  ])) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE todos IN EXCLUSIVE MODE');
    const waiting = Array.from({ length: 4 }, async () =>
      send(`${url}/v1/todos`, 'POST', { title: 'has to wait' }, status),
    );
    await new Promise((resolve) => setTimeout(resolve, heldMs));
    await client.end();
    await Promise.all(waiting);
  }
}

/**
 * @param {string} url
 * @param {string} method
 * @param {object | undefined} body
 * @param {number} expected
 */
async function send(url, method, body, expected) {
  const answer = await fetch(url, { method, ...(body && { headers: HEADERS, body: JSON.stringify(body) }) });
  if (answer.status !== expected)
    throw new Error(`${method} ${url} was answered with ${answer.status}: ${await answer.text()}`);
  return answer;
}
