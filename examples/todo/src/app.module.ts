import { Module } from '@nestjs/common';
import { IdempotencyModule } from './common/idempotency/idempotency.module';
import { IdentityModule } from './common/identity/identity.module';
import { OverloadModule } from './common/overload/overload.module';
import { ProblemModule } from './common/problem/problem.module';
import { RateLimitModule } from './common/rate-limit/rate-limit.module';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { ObservabilityModule } from './observability/observability.module';
import { TodosModule } from './todos/todos.module';
import { VersionModule } from './version/version.module';

@Module({
  imports: [
    // What every request passes comes first.
    ObservabilityModule,
    ProblemModule,
    OverloadModule,
    RateLimitModule,
    IdentityModule,
    DatabaseModule,
    IdempotencyModule,
    HealthModule,
    TodosModule,
    VersionModule,
  ],
})
export class AppModule {}
