import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../observability/metrics';
import { Readiness, type ReadinessReport } from './readiness';

/** Shows what `/health/ready` would say, asked anew by each scrape. */
@Injectable()
export class ReadinessMetrics implements OnModuleInit {
  private asking: Promise<ReadinessReport> | undefined;

  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const report = async () => this.report();
    const registers = [this.metrics.registry];
    new Gauge({
      name: 'service_ready',
      help: 'Whether this instance asks for traffic (1) or not (0).',
      registers,
      async collect() {
        this.set((await report()).status === 'ready' ? 1 : 0);
      },
    });
    new Gauge({
      name: 'service_dependency_up',
      help: 'Whether what this instance depends on works (1) or not (0), by dependency.',
      labelNames: ['dependency'],
      registers,
      async collect() {
        for (const [dependency, { status }] of Object.entries((await report()).checks))
          this.set({ dependency }, status === 'up' ? 1 : 0);
      },
    });
  }

  /** Both gauges are of one report: they are collected at the same time. */
  private async report(): Promise<ReadinessReport> {
    this.asking ??= this.readiness.report().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }
}
