import { Module } from '@nestjs/common';
import { IdentityModule } from './common/identity/identity.module';
import { ProblemModule } from './common/problem/problem.module';
import { RateLimitModule } from './common/rate-limit/rate-limit.module';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { ObservabilityModule } from './observability/observability.module';
import { TodosModule } from './todos/todos.module';

@Module({
  imports: [
    // What every request passes comes first.
    ObservabilityModule,
    ProblemModule,
    RateLimitModule,
    IdentityModule,
    DatabaseModule,
    HealthModule,
    TodosModule,
  ],
})
export class AppModule {}
