import { defineEnvironment } from '../../config/environment';
import { isProduction } from '../../config/runtime.environment';
import { service } from '../../config/service';
import { integer, optional, origins, text, withDefault } from '../../config/variables';

const { ports } = service;

/** The two listeners, and what is before them. */
export const httpEnvironment = defineEnvironment(
  {
    HOST: optional(text()),
    PORT: withDefault(integer(0, 65535), ports.http),
    MANAGEMENT_PORT: withDefault(integer(0, 65535), ports.management),
    TRUSTED_PROXIES: optional(integer(0, 10)),
    CORS_ORIGINS: withDefault(origins(), ''),
    BODY_LIMIT_BYTES: withDefault(integer(1024, 10_485_760), 102_400),
  },
  // A guess would be wrong for somebody: all users of a balancer would share one rate limit, or clients would forge addresses.
  ({ TRUSTED_PROXIES }) =>
    isProduction() && TRUSTED_PROXIES === undefined
      ? ['TRUSTED_PROXIES: must be said in production: the number of proxies before the service, or 0']
      : [],
);
