// @ts-check
// Load on a service, and what it took to serve it.
import autocannon from 'autocannon';

/** Variables for a service under load. All clients have one address: the limiter counts them, and lets them pass. */
export const UNLIMITED = { RATE_LIMIT_REQUESTS: '1000000', RATE_LIMIT_WINDOW_SECONDS: '1' };

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {readonly import('autocannon').Request[]} requests Sent in turn.
 */

/**
 * @typedef {object} Figures
 * @property {number} requests How many were answered.
 * @property {number} requestsPerSecond
 * @property {number} cpuMs CPU time of the service per request.
 * @property {number} databaseMs How long its queries took, together, per request.
 * @property {number} p50Ms
 * @property {number} p99Ms
 */

/**
 * What clients do, on the todos that are there: one at the least.
 *
 * @param {string} url
 * @returns {Promise<Scenario[]>}
 */
export async function scenariosOf(url) {
  const page = /** @type {{ items: { id: string }[] }} */ (
    await (await fetch(`${url}/v1/todos?limit=100`)).json()
  );
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ title: 'Buy milk', description: 'Two litres' });
  return [
    { name: 'read one', requests: page.items.map(({ id }) => ({ path: `/v1/todos/${id}` })) },
    { name: 'list 20', requests: [{ path: '/v1/todos' }] },
    { name: 'create', requests: [{ method: 'POST', path: '/v1/todos', headers, body }] },
  ];
}

/**
 * Keeps `connections` busy for some seconds: each sends its next request as soon as it has the answer.
 *
 * @param {{ url: string, managementUrl: string }} service
 * @param {Scenario} scenario
 * @param {{ connections: number, seconds: number, signal?: AbortSignal }} options
 * @returns {Promise<Figures>}
 * @throws {Error} Where an answer was missing, or not 2xx.
 */
export async function load({ url, managementUrl }, { name, requests }, { connections, seconds, signal }) {
  const before = await processMetrics(managementUrl);
  const result = await run({ url, connections, duration: seconds, requests: [...requests] }, signal);
  const after = await processMetrics(managementUrl);

  const answered = result['2xx'];
  if (result.non2xx > 0 || result.errors > 0 || answered === 0) {
    const statuses = Object.entries(result.statusCodeStats ?? {}).map(
      ([status, { count }]) => `${count} × ${status}`,
    );
    throw new Error(
      `${name}: ${result.errors} requests without an answer; answers: ${statuses.join(', ') || 'none'}.`,
    );
  }
  return {
    requests: answered,
    requestsPerSecond: answered / result.duration,
    cpuMs: ((after.cpuSeconds - before.cpuSeconds) * 1000) / answered,
    databaseMs: ((after.querySeconds - before.querySeconds) * 1000) / answered,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}

/**
 * @param {import('autocannon').Options} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<import('autocannon').Result>}
 */
async function run(options, signal) {
  signal?.throwIfAborted();
  const result = await new Promise((resolve, reject) => {
    const instance = autocannon(options, (error, figures) => (error ? reject(error) : resolve(figures)));
    signal?.addEventListener('abort', () => instance.stop(), { once: true });
  });
  signal?.throwIfAborted();
  return result;
}

/**
 * What the process has used, by its own metrics.
 *
 * @param {string} managementUrl
 */
export async function processMetrics(managementUrl) {
  const text = await (await fetch(`${managementUrl}/metrics`)).text();
  /** @param {string} name The sum of its series. */
  const metric = (name) =>
    [...text.matchAll(new RegExp(`^${name}(?:{.*})? (.+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  return {
    cpuSeconds: metric('process_cpu_seconds_total'),
    querySeconds: metric('db_client_operation_duration_seconds_sum'),
    residentBytes: metric('process_resident_memory_bytes'),
  };
}
