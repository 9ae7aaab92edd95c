import { defineEnvironment } from '../../config/environment';
import { service } from '../../config/service';
import { integer, optional, origins, text, withDefault } from '../../config/variables';

const { ports } = service;

/** The two listeners, and what is before them. */
export const httpEnvironment = defineEnvironment({
  HOST: optional(text()),
  PORT: withDefault(integer(0, 65535), ports.http),
  MANAGEMENT_PORT: withDefault(integer(0, 65535), ports.management),
  TRUSTED_PROXIES: withDefault(integer(0, 10), 0),
  CORS_ORIGINS: withDefault(origins(), ''),
  BODY_LIMIT_BYTES: withDefault(integer(1024, 10_485_760), 102_400),
});
