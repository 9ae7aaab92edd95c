import { createParamDecorator, type ExecutionContext, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../request-context/request-context';
import type { Identity } from './identity';

/** The identity for which the request is served. */
export const CurrentUser = createParamDecorator((_: unknown, execution: ExecutionContext): Identity => {
  const { identity } = contextOf(execution.switchToHttp().getRequest<FastifyRequest>().raw);
  if (!identity) throw new UnauthorizedException();
  return identity;
});
