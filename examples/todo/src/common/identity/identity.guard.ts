import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../request-context/request-context';
import { IdentityResolver } from './identity';
import { Public } from './public.decorator';

/** Records in the request's context for whom it is served, unless that is public. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly resolver: IdentityResolver,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride(Public, [execution.getHandler(), execution.getClass()]);
    if (isPublic) return true;
    const { raw } = execution.switchToHttp().getRequest<FastifyRequest>();
    contextOf(raw).identity = await this.resolver.resolve(raw);
    return true;
  }
}
