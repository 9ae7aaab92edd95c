import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { type Identity, IdentityResolver } from '../../src/common/identity/identity';

/** Stands for any scheme of authentication: the user is who `x-test-user` says. */
@Injectable()
export class HeaderIdentityResolver extends IdentityResolver {
  override resolve(request: IncomingMessage): Identity {
    return { userId: String(request.headers['x-test-user']) };
  }
}
