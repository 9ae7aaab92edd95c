import { defineEnvironment } from './environment';
import { service } from './service';
import { integer, withDefault } from './variables';

const { timeouts } = service;
const { balancerIdleMs } = timeouts;
const milliseconds = () => integer(1, 600_000);

/** The time limits that have to fit into one another. */
export const timeLimitsEnvironment = defineEnvironment(
  {
    REQUEST_TIMEOUT_MS: withDefault(milliseconds(), timeouts.requestMs),
    KEEP_ALIVE_TIMEOUT_MS: withDefault(milliseconds(), timeouts.keepAliveMs),
    DATABASE_CONNECT_TIMEOUT_MS: withDefault(milliseconds(), timeouts.connectMs),
    DATABASE_STATEMENT_TIMEOUT_MS: withDefault(milliseconds(), timeouts.statementMs),
    DRAIN_MS: withDefault(integer(0, 120_000), timeouts.drainMs),
    SHUTDOWN_MS: withDefault(integer(100, 300_000), timeouts.shutdownMs),
  },
  ({
    REQUEST_TIMEOUT_MS: request = balancerIdleMs - 1,
    KEEP_ALIVE_TIMEOUT_MS: keepAlive = Infinity,
    DATABASE_CONNECT_TIMEOUT_MS: connect = 0,
    DATABASE_STATEMENT_TIMEOUT_MS: statement = 0,
    DRAIN_MS: drain = 0,
    SHUTDOWN_MS: shutdown = Infinity,
  }) => [
    // A request would be given up before anybody knows what made it late.
    ...(connect < request ? [] : ['DATABASE_CONNECT_TIMEOUT_MS: must be shorter than REQUEST_TIMEOUT_MS']),
    ...(statement < request
      ? []
      : ['DATABASE_STATEMENT_TIMEOUT_MS: must be shorter than REQUEST_TIMEOUT_MS']),
    // The balancer before the service would answer first, and then reuse a connection that is being closed.
    ...(request < balancerIdleMs
      ? []
      : [`REQUEST_TIMEOUT_MS: must be shorter than ${balancerIdleMs}, when the balancer gives up`]),
    ...(keepAlive > balancerIdleMs
      ? []
      : [`KEEP_ALIVE_TIMEOUT_MS: must be longer than ${balancerIdleMs}, as long as the balancer keeps it`]),
    // What is in flight needs time after the drain.
    ...(drain < shutdown ? [] : ['SHUTDOWN_MS: must be longer than DRAIN_MS']),
  ],
);
