import { Global, Module } from '@nestjs/common';
import { ManagementServer } from './management-server';
import { Readiness } from './readiness';
import { ReadinessMetrics } from './readiness-metrics';

@Global()
@Module({
  providers: [ManagementServer, Readiness, ReadinessMetrics],
  exports: [ManagementServer, Readiness],
})
export class HealthModule {}
