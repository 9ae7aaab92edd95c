/**
 * The ceiling: `node:http` and `pg` alone, with the query, the log line and the metrics of the service. No framework, no
 * ORM, no validation beyond the id, no security headers, no limits: nothing that serves the same can cost less.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const ofService = createRequire(path.resolve('package.json'));
const { Pool } = ofService('pg');
const { pino } = ofService('pino');
const { Gauge, Histogram, Registry } = ofService('prom-client');
const { name, version } = { ...ofService('./package.json'), ...ofService('./service.json') };

const { PORT, MANAGEMENT_PORT, DATABASE_URL, NODE_ENV } = process.env;
const COLUMNS = 'id, user_id, title, description, due_at, completed_at, version, created_at, updated_at';
const USER = 'anonymous';
const PAGE = 20;
const ONE = /^\/v1\/todos\/([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/;

const pool = new Pool({ connectionString: DATABASE_URL, max: 10, statement_timeout: 5000 });
const logger = pino({
  base: { service: name, environment: NODE_ENV, version },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (/** @type {string} */ level) => ({ level }) },
});
const registry = new Registry();
const registers = [registry];
const requests = new Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'Requests.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 10],
  registers,
});
const active = new Gauge({ name: 'http_server_active_requests', help: 'Active.', registers });
const queries = new Histogram({
  name: 'db_client_operation_duration_seconds',
  help: 'Queries.',
  labelNames: ['operation', 'table', 'outcome'],
  buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});

createServer((request, response) => void serve(request, response)).listen(Number(PORT), '127.0.0.1');

createServer((request, response) => {
  if (request.url !== '/metrics') response.end();
  else void registry.metrics().then((/** @type {string} */ text) => response.end(text));
}).listen(Number(MANAGEMENT_PORT), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function serve({ headers: { 'x-request-id': given }, method, url = '/' }, response) {
  const start = process.hrtime.bigint();
  const requestId = typeof given === 'string' ? given : randomUUID();
  const id = ONE.exec(url)?.[1];
  const [route, operation] = id
    ? ['/v1/todos/:id', 'TodosController.get']
    : ['/v1/todos', 'TodosController.list'];
  let bytes = 0;
  active.inc();
  response.once('close', () => {
    const status = response.statusCode;
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    active.dec();
    requests.observe({ method, route, status: String(status) }, milliseconds / 1000);
    logger.info(
      {
        request_id: requestId,
        user_id: USER,
        operation,
        method,
        route,
        status,
        duration_ms: Math.round(milliseconds * 1000) / 1000,
        bytes,
      },
      'request completed',
    );
  });
  try {
    const { status, headers, body } = await (id ? readOne(requestId, id) : list(requestId));
    const text = JSON.stringify(body);
    bytes = Buffer.byteLength(text);
    response.writeHead(status, {
      'x-request-id': requestId,
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes,
      ...headers,
    });
    response.end(text);
  } catch {
    response.writeHead(500).end();
  }
}

/**
 * @param {string} requestId
 * @param {string} id
 */
async function readOne(requestId, id) {
  const [row] = await query(
    requestId,
    `SELECT ${COLUMNS} FROM todos WHERE id = $1 AND user_id = $2 LIMIT 1`,
    [id, USER],
  );
  return row
    ? { status: 200, headers: { etag: `"${String(row['version'])}"` }, body: toTodo(row) }
    : { status: 404, headers: {}, body: { status: 404 } };
}

/** @param {string} requestId */
async function list(requestId) {
  const sql = `SELECT ${COLUMNS} FROM todos WHERE user_id = $1 ORDER BY id DESC LIMIT ${PAGE + 1}`;
  const rows = await query(requestId, sql, [USER]);
  const items = rows.slice(0, PAGE).map(toTodo);
  return {
    status: 200,
    headers: {},
    body: { items, nextCursor: rows.length > PAGE ? items.at(-1)?.id : null },
  };
}

/**
 * @param {string} requestId
 * @param {string} sql
 * @param {unknown[]} values
 * @returns {Promise<Record<string, unknown>[]>}
 */
async function query(requestId, sql, values) {
  const start = performance.now();
  const { rows } = await pool.query(`/* request_id=${requestId} */ ${sql}`, values);
  queries.observe({ operation: 'SELECT', table: 'todos', outcome: 'ok' }, (performance.now() - start) / 1000);
  return rows;
}

/** @param {Record<string, unknown>} row */
function toTodo(row) {
  return {
    id: row['id'],
    title: row['title'],
    description: row['description'],
    dueAt: row['due_at'],
    completed: row['completed_at'] !== null,
    completedAt: row['completed_at'],
    createdAt: row['created_at'],
    updatedAt: row['updated_at'],
    version: row['version'],
  };
}
