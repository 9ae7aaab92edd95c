import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module';
import { ManagementServer } from './management-server';
import { Readiness } from './readiness';
import { VersionController } from './version.controller';

@Global()
@Module({
  imports: [DatabaseModule],
  controllers: [VersionController],
  providers: [ManagementServer, Readiness],
  exports: [ManagementServer, Readiness],
})
export class HealthModule {}
