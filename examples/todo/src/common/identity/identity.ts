import type { IncomingMessage } from 'node:http';

/** For whom a request is served. */
export interface Identity {
  /** Owns todos; at most 255 characters. */
  readonly userId: string;
}

/** Tells for whom a request is served. Whoever adds authentication provides another class under this token. */
export abstract class IdentityResolver {
  /** @throws UnauthorizedException where the request proves no identity. */
  abstract resolve(request: IncomingMessage): Identity | Promise<Identity>;
}
