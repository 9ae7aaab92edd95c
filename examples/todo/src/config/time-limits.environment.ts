import { defineEnvironment } from './environment';
import { service } from './service';
import { integer, withDefault } from './variables';

const { timeouts } = service;
const milliseconds = () => integer(1, 600_000);

const limits = {
  BALANCER_IDLE_TIMEOUT_MS: withDefault(
    milliseconds(),
    timeouts.balancerIdleMs,
    'how long the balancer before the service waits for it; longer than a request may take',
  ),
  KEEP_ALIVE_TIMEOUT_MS: withDefault(
    milliseconds(),
    timeouts.keepAliveMs,
    'how long an idle connection is kept; longer than the balancer keeps it',
  ),
  HEADERS_TIMEOUT_MS: withDefault(
    integer(1000, 600_000),
    timeouts.headersMs,
    'how long a new connection may be silent, and headers take to arrive; longer than an idle one is kept',
  ),
  REQUEST_TIMEOUT_MS: withDefault(
    milliseconds(),
    timeouts.requestMs,
    'how long a request may take before it is given up; longer than to connect and a statement together',
  ),
  DATABASE_CONNECT_TIMEOUT_MS: withDefault(
    milliseconds(),
    timeouts.connectMs,
    'how long a request waits for a connection',
  ),
  DATABASE_STATEMENT_TIMEOUT_MS: withDefault(
    milliseconds(),
    timeouts.statementMs,
    'how long a statement may run',
  ),
  DATABASE_LOCK_TIMEOUT_MS: withDefault(
    milliseconds(),
    timeouts.lockMs,
    'how long a statement waits for a lock; shorter than it may run',
  ),
  DRAIN_MS: withDefault(
    integer(0, 120_000),
    timeouts.drainMs,
    'how long a stopping instance still takes requests',
  ),
  SHUTDOWN_MS: withDefault(
    integer(100, 300_000),
    timeouts.shutdownMs,
    'how long stopping may take; longer than the drain and a request together',
  ),
};

type Limit = keyof typeof limits;

/**
 * Who waits for something has to be more patient than that takes: then what is late is ended where it is known why, and
 * the answer still gets through. Each first limit is longer than all that follow it together.
 */
const NEST: readonly (readonly [longer: Limit, ...shorter: Limit[]])[] = [
  ['DATABASE_STATEMENT_TIMEOUT_MS', 'DATABASE_LOCK_TIMEOUT_MS'],
  ['REQUEST_TIMEOUT_MS', 'DATABASE_CONNECT_TIMEOUT_MS', 'DATABASE_STATEMENT_TIMEOUT_MS'],
  ['BALANCER_IDLE_TIMEOUT_MS', 'REQUEST_TIMEOUT_MS'],
  // Else the balancer sends a request on a connection that is just being closed.
  ['KEEP_ALIVE_TIMEOUT_MS', 'BALANCER_IDLE_TIMEOUT_MS'],
  ['HEADERS_TIMEOUT_MS', 'KEEP_ALIVE_TIMEOUT_MS'],
  // What is in flight when the drain is over gets its answer.
  ['SHUTDOWN_MS', 'DRAIN_MS', 'REQUEST_TIMEOUT_MS'],
];

/** The time limits that have to fit into one another. */
export const timeLimitsEnvironment = defineEnvironment('Time limits', limits, (values) =>
  NEST.filter(([longer, ...shorter]) => {
    // A limit with a problem of its own is NaN here, which is in nobody's way.
    const sum = shorter.reduce((total, limit) => total + (values[limit] ?? Number.NaN), 0);
    return (values[longer] ?? Number.NaN) <= sum;
  }).map(
    ([longer, ...shorter]) =>
      `${longer}: must be longer than ${shorter.join(' and ')}${shorter.length > 1 ? ' together' : ''}`,
  ),
);
