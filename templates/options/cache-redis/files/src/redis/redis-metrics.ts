import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { Metrics } from '../observability/metrics';

export type CacheOperation = 'get' | 'list';
export type CacheResult = 'hit' | 'miss' | 'error';

const OPERATIONS: readonly CacheOperation[] = ['get', 'list'];
const RESULTS: readonly CacheResult[] = ['hit', 'miss', 'error'];
const BUCKETS = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** What Redis does for this instance, and what it costs. */
@Injectable()
export class RedisMetrics {
  private readonly commandDuration: Histogram<'operation' | 'outcome'>;
  private readonly cacheRequests: Counter<'operation' | 'result'>;
  private readonly cacheInvalidations: Counter<'result'>;
  private readonly rateLimitChecks: Counter<'store'>;

  constructor(private readonly metrics: Metrics) {
    const registers = [metrics.registry];
    this.commandDuration = new Histogram({
      name: 'redis_command_duration_seconds',
      help: 'Duration of Redis commands, by purpose and outcome (ok or error).',
      labelNames: ['operation', 'outcome'],
      buckets: BUCKETS,
      registers,
    });
    this.cacheRequests = new Counter({
      name: 'cache_requests_total',
      help: 'Reads that the cache was asked for, by operation and result (hit, miss or error).',
      labelNames: ['operation', 'result'],
      registers,
    });
    this.cacheInvalidations = new Counter({
      name: 'cache_invalidations_total',
      help: 'Invalidations after a write, by result (ok or error).',
      labelNames: ['result'],
      registers,
    });
    this.rateLimitChecks = new Counter({
      name: 'rate_limit_checks_total',
      help: 'Requests that were counted, by where: redis (shared) or memory (this instance alone).',
      labelNames: ['store'],
      registers,
    });
    this.startAtZero();
  }

  /** Shows whether Redis is connected, as asked at each scrape. */
  showState(isUp: () => boolean): void {
    new Gauge({
      name: 'redis_up',
      help: 'Whether this instance is connected to Redis: 1 or 0.',
      registers: [this.metrics.registry],
      collect() {
        this.set(isUp() ? 1 : 0);
      },
    });
  }

  /** Starts the clock of a command; the result stops it. */
  startCommand(operation: string): (outcome: 'ok' | 'error') => void {
    const end = this.commandDuration.startTimer({ operation });
    return (outcome) => {
      end({ outcome });
    };
  }

  cacheRead(operation: CacheOperation, result: CacheResult): void {
    this.cacheRequests.inc({ operation, result });
  }

  cacheInvalidated(result: 'ok' | 'error'): void {
    this.cacheInvalidations.inc({ result });
  }

  rateLimitChecked(store: 'redis' | 'memory'): void {
    this.rateLimitChecks.inc({ store });
  }

  /** A series that appears with its first event hides that event from `rate()`. */
  private startAtZero(): void {
    for (const operation of OPERATIONS) {
      for (const result of RESULTS) this.cacheRequests.inc({ operation, result }, 0);
    }
    for (const result of ['ok', 'error']) this.cacheInvalidations.inc({ result }, 0);
    for (const store of ['redis', 'memory']) this.rateLimitChecks.inc({ store }, 0);
  }
}
