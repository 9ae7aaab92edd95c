import { Injectable } from '@nestjs/common';
import { totalmem } from 'node:os';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { environmentName, runtimeEnvironment } from '../config/runtime.environment';
import { service, version } from '../config/service';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 10];
/** Gauges with the suffix of counters, which Prometheus' own check refuses; the same figures are there by type. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];
/** Statuses of the requests that objectives count as failed. */
const FAILURES = ['500', '503'];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The metrics of this process. The values of labels are bounded: no path, id or text of a client. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requestDuration: Histogram<'method' | 'route' | 'status'>;
  private readonly activeRequests: Gauge;
  private readonly served = new Set<string>();

  constructor() {
    this.registry.setDefaultLabels({ service: service.name, environment: environmentName() });
    collectDefaultMetrics({ register: this.registry });
    for (const gauge of MISNAMED) this.registry.removeSingleMetric(gauge);
    const registers = [this.registry];
    this.requestDuration = new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Duration of served HTTP requests, by method, route template (or unmatched) and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    });
    this.activeRequests = new Gauge({
      name: 'http_server_active_requests',
      help: 'HTTP requests that are being served.',
      registers,
    });
    new Gauge({
      name: 'service_memory_limit_bytes',
      help: 'Memory that the process may use: of its container, or else of the machine.',
      registers,
    }).set(Math.min(process.constrainedMemory() || Infinity, totalmem()));
    new Gauge({
      name: 'service_build_info',
      help: 'Always 1; the labels say what is running.',
      labelNames: ['version', 'commit'],
      registers,
    }).set({ version, commit: runtimeEnvironment.read().BUILD_COMMIT }, 1);
  }

  requestStarted(): void {
    this.activeRequests.inc();
  }

  /** Counts a request once, whatever its fate. */
  requestEnded(request: {
    method: string;
    route: string | undefined;
    status: number;
    seconds: number;
  }): void {
    const { method, route = 'unmatched', status, seconds } = request;
    this.activeRequests.dec();
    const operation = { method: METHODS.has(method) ? method : 'OTHER', route };
    this.expectFailures(operation);
    this.requestDuration.observe({ ...operation, status: String(status) }, seconds);
  }

  /** Failures are counted from zero on: a series that begins with the first of them has no rate that shows it. */
  private expectFailures(operation: { method: string; route: string }): void {
    const name = Object.values(operation).join(' ');
    if (this.served.has(name)) return;
    this.served.add(name);
    for (const status of FAILURES) this.requestDuration.zero({ ...operation, status });
  }

  /** The exposition of all metrics, in the text format of Prometheus. */
  async expose(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
