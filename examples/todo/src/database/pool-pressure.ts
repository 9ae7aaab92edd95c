import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Overload } from '../common/overload/overload';
import { overloadEnvironment } from '../common/overload/overload.environment';
import { connectionPool } from './connection-pool';

/** The database is overloaded where more requests wait for a connection than can get one in time. */
@Injectable()
export class PoolPressure implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly overload: Overload,
  ) {}

  onModuleInit(): void {
    const { OVERLOAD_POOL_WAITING: bound } = overloadEnvironment.read();
    if (bound === 0) return;
    this.overload.register(() => (connectionPool(this.dataSource)?.waitingCount ?? 0) >= bound);
  }
}
