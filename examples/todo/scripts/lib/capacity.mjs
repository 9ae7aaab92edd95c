// @ts-check
// From what `bench` measured to how many tasks and connections a load takes. docs/capacity.md explains each step.

/** Requests per second. */
const RATES = [10, 100, 1000, 10_000];
/** Which part of all requests each scenario stands for. */
const MIX = /** @type {const} */ ({ 'read one': 0.7, 'list 20': 0.2, create: 0.1 });
/** How busy a task may be on average: the rest is for peaks, and for the tasks of a zone that fails. */
const UTILISATION = 0.6;
/** One may fail, or be replaced. */
const FEWEST_TASKS = 2;
/** How much more than the average is in use at the same time, in standard deviations. */
const DEVIATIONS = 3;
/** What the probe of each task takes beside its pool. */
const PROBES = 1;
/** While a release is rolled out, the old tasks and the new ones are connected. */
const DEPLOYMENT = 2;
const MIGRATOR = 2;
/** Which part of all connections the service may take: the rest is for people, backups and monitoring. */
const SHARE = 0.8;

/** @typedef {{ name: string, cpuMs: number, databaseMs: number }} Measured per request */

/**
 * @typedef {object} Capacity
 * @property {number} rate Requests per second.
 * @property {number} tasks Of one core each.
 * @property {number} busy Connections that a task uses on average.
 * @property {number} pool Connections that a task needs.
 * @property {number} connections Of all tasks.
 * @property {number} maxConnections What the database has to accept.
 */

/**
 * @param {readonly Measured[]} scenarios
 * @returns {Capacity[]}
 */
export function capacity(scenarios) {
  const cpuMs = mixed(scenarios, 'cpuMs');
  const databaseMs = mixed(scenarios, 'databaseMs');
  return RATES.map((rate) => {
    const tasks = Math.max(FEWEST_TASKS, Math.ceil((rate * cpuMs) / 1000 / UTILISATION));
    // Little's law: how many are there = how many come per second × how long each stays.
    const busy = ((rate / tasks) * databaseMs) / 1000;
    const pool = Math.ceil(busy + DEVIATIONS * Math.sqrt(busy));
    const connections = tasks * (pool + PROBES);
    const maxConnections = Math.ceil((connections * DEPLOYMENT + MIGRATOR) / SHARE);
    return { rate, tasks, busy, pool, connections, maxConnections };
  });
}

/**
 * The rows of a table for people, its head first.
 *
 * @param {readonly Capacity[]} rows
 */
export function capacityRows(rows) {
  return [
    ['requests/s', 'tasks', 'busy', 'pool', 'connections', 'max_connections'],
    ...rows.map(({ rate, tasks, busy, pool, connections, maxConnections }) => [
      ...[rate, tasks].map(String),
      busy.toFixed(2),
      ...[pool, connections, maxConnections].map(String),
    ]),
  ];
}

/**
 * @param {readonly Measured[]} scenarios
 * @param {'cpuMs' | 'databaseMs'} figure
 */
function mixed(scenarios, figure) {
  return Object.entries(MIX).reduce((sum, [name, part]) => {
    const scenario = scenarios.find((one) => one.name === name);
    if (!scenario) throw new Error(`"${name}" was not measured.`);
    return sum + part * scenario[figure];
  }, 0);
}
