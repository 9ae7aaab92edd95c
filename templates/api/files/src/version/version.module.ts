import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module';
import { VersionController } from './version.controller';

@Module({ imports: [DatabaseModule], controllers: [VersionController] })
export class VersionModule {}
