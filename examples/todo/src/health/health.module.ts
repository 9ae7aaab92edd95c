import { Global, Module } from '@nestjs/common';
import { ManagementServer } from './management-server';
import { Readiness } from './readiness';

@Global()
@Module({
  providers: [ManagementServer, Readiness],
  exports: [ManagementServer, Readiness],
})
export class HealthModule {}
