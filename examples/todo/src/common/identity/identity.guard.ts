import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../request-context/request-context';
import { IdentityResolver } from './identity';
import { Public } from './public.decorator';

/** Records in the request's context which operation serves it and, unless that is public, for whom. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly resolver: IdentityResolver,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const context = contextOf(request.raw);
    context.operation = `${execution.getClass().name}.${execution.getHandler().name}`;
    const isPublic = this.reflector.getAllAndOverride(Public, [execution.getHandler(), execution.getClass()]);
    if (!isPublic) context.identity = await this.resolver.resolve(request.raw);
    return true;
  }
}
