import { Module } from '@nestjs/common';
import { IdempotencyPurge } from './idempotency-purge';

@Module({ providers: [IdempotencyPurge] })
export class IdempotencyModule {}
