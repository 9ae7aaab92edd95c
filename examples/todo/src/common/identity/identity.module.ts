import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AnonymousIdentityResolver } from './anonymous-identity-resolver';
import { IdentityResolver } from './identity';
import { IdentityGuard } from './identity.guard';

@Module({
  providers: [
    { provide: APP_GUARD, useClass: IdentityGuard },
    { provide: IdentityResolver, useClass: AnonymousIdentityResolver },
  ],
})
export class IdentityModule {}
