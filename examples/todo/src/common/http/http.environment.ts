import { defineEnvironment } from '../../config/environment';
import { isProduction } from '../../config/runtime.environment';
import { service } from '../../config/service';
import { integer, optional, origins, text, withDefault } from '../../config/variables';

const { ports } = service;

/** The two listeners, and what is before them. */
export const httpEnvironment = defineEnvironment(
  'HTTP',
  {
    HOST: optional(text(), 'where both listeners listen; 127.0.0.1, in production 0.0.0.0', '127.0.0.1'),
    PORT: withDefault(integer(0, 65535), ports.http, 'the public listener'),
    MANAGEMENT_PORT: withDefault(
      integer(0, 65535),
      ports.management,
      'probes and metrics; no balancer exposes it',
    ),
    TRUSTED_PROXIES: optional(
      integer(0, 10),
      'how many proxies before the service add to X-Forwarded-For; required in production',
      '0',
    ),
    CORS_ORIGINS: withDefault(origins(), '', 'the origins whose pages may call the API, separated by commas'),
    BODY_LIMIT_BYTES: withDefault(integer(1024, 10_485_760), 102_400, 'the largest body of a request'),
  },
  // A guess would be wrong for somebody: all users of a balancer would share one rate limit, or clients would forge addresses.
  ({ TRUSTED_PROXIES }) =>
    isProduction() && TRUSTED_PROXIES === undefined
      ? ['TRUSTED_PROXIES: must be said in production: the number of proxies before the service, or 0']
      : [],
);
