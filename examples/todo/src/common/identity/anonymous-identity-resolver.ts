import { Injectable } from '@nestjs/common';
import { defineEnvironment } from '../../config/environment';
import { isProduction } from '../../config/runtime.environment';
import { flag, withDefault } from '../../config/variables';
import { IdentityResolver, type Identity } from './identity';

defineEnvironment(
  'Identity',
  {
    ALLOW_ANONYMOUS: withDefault(
      flag(),
      'false',
      'has to be true in production as long as the service has no authentication',
    ),
  },
  ({ ALLOW_ANONYMOUS }) =>
    isProduction() && !ALLOW_ANONYMOUS
      ? ['ALLOW_ANONYMOUS: must be true in production as long as the service has no authentication']
      : [],
);

/** The one user of a service without authentication. */
export const ANONYMOUS: Identity = { userId: 'anonymous' };

/** Serves every request for {@link ANONYMOUS}. */
@Injectable()
export class AnonymousIdentityResolver extends IdentityResolver {
  override resolve(): Identity {
    return ANONYMOUS;
  }
}
