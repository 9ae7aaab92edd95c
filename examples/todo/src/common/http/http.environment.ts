import { defineEnvironment } from '../../config/environment';
import { service } from '../../config/service';
import { integer, list, optional, text, withDefault } from '../../config/variables';

const { ports, timeouts } = service;

/** The two listeners, what is before them, and how they stop. */
export const httpEnvironment = defineEnvironment(
  {
    HOST: optional(text()),
    PORT: withDefault(integer(0, 65535), ports.http),
    MANAGEMENT_PORT: withDefault(integer(0, 65535), ports.management),
    TRUSTED_PROXIES: withDefault(integer(0, 10), 0),
    CORS_ORIGINS: withDefault(list(), ''),
    BODY_LIMIT_BYTES: withDefault(integer(1024, 10_485_760), 102_400),
    KEEP_ALIVE_TIMEOUT_MS: withDefault(integer(1000, 600_000), timeouts.keepAliveMs),
    HEADERS_TIMEOUT_MS: withDefault(integer(1000, 600_000), timeouts.headersMs),
    DRAIN_MS: withDefault(integer(0, 120_000), timeouts.drainMs),
    SHUTDOWN_MS: withDefault(integer(100, 300_000), timeouts.shutdownMs),
  },
  ({ DRAIN_MS, SHUTDOWN_MS }) =>
    // What is in flight needs time after the drain.
    DRAIN_MS !== undefined && SHUTDOWN_MS !== undefined && SHUTDOWN_MS <= DRAIN_MS
      ? 'SHUTDOWN_MS: must be longer than DRAIN_MS'
      : undefined,
);
