import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, numbers, section } from '#kit/layout';
import { logsOfFailures } from '#kit/links';
import { stat, timeseries } from '#kit/panels';
import { OF_INSTANCES, OF_PROCESSES, OF_SERVICE, quantile, rate } from '#kit/queries';
import { environment, instance, prometheusSource, service } from '#kit/variables';

const REQUESTS = 'http_server_request_duration_seconds';
const answers = `sum(${rate(`${REQUESTS}_count`, OF_INSTANCES)})`;
const answersByInstance = `sum by (instance) (${rate(`${REQUESTS}_count`, OF_INSTANCES)})`;
const failures = `(sum(${rate(`${REQUESTS}_count`, `${OF_INSTANCES},status=~"5.."`)}) or vector(0))`;

export default dashboard({
  uid: 'service',
  title: 'Service',
  description: 'Is the service well, and what is it short of?',
  variables: [prometheusSource(), service(), environment(), instance()],
  sections: [
    section(
      'Now',
      numbers(
        stat({
          title: 'Ready instances',
          description: 'Instances that ask for traffic. Without one, nobody is served.',
          unit: units.NoUnit,
          queries: { ready: `sum(service_ready{${OF_INSTANCES}})` },
          thresholds: { base: 'red', green: 1 },
        }),
        stat({
          title: 'Dependencies',
          description: 'Whether the instance that sees least of it reaches what the service needs.',
          unit: units.BoolYesNo,
          queries: {
            '{{dependency}}': `min by (dependency) (service_dependency_up{${OF_INSTANCES}})`,
          },
          thresholds: { base: 'red', green: 1 },
          withoutGraph: true,
        }),
        stat({
          title: 'Requests',
          description: 'Answers of all instances, whatever they say.',
          unit: units.RequestsPerSecond,
          queries: { requests: answers },
        }),
        stat({
          title: 'Failures',
          description: 'The part of the answers that say that the service failed (5xx).',
          unit: units.PercentUnit,
          queries: { failures: `${failures} / ${answers}` },
          thresholds: { base: 'green', orange: 0.001, red: 0.01 },
          links: [logsOfFailures],
        }),
        stat({
          title: 'Latency, p95',
          description: 'Nineteen of twenty requests are answered within this time.',
          unit: units.Seconds,
          queries: { p95: quantile(0.95, REQUESTS, OF_INSTANCES) },
          thresholds: { base: 'green', orange: 0.3, red: 1 },
        }),
        stat({
          title: 'Firing alerts',
          description: 'Alerts about this service that fire now.',
          unit: units.NoUnit,
          queries: {
            alerts: `count(ALERTS{${OF_SERVICE},alertstate="firing"}) or vector(0)`,
          },
          thresholds: { base: 'green', red: 1 },
        }),
      ),
    ),
    section(
      'Traffic, errors and latency',
      graphs(
        timeseries({
          title: 'Requests by status',
          description: 'Answers by their status: 4xx are mistakes of who asked, 5xx failures of ours.',
          unit: units.RequestsPerSecond,
          queries: { '{{status}}': `sum by (status) (${rate(`${REQUESTS}_count`, OF_INSTANCES)})` },
          stacked: true,
          links: [logsOfFailures],
        }),
        timeseries({
          title: 'Failures by instance',
          description: 'One instance that fails alone is ill; all of them share a cause.',
          unit: units.PercentUnit,
          queries: {
            '{{instance}}':
              `(sum by (instance) (${rate(`${REQUESTS}_count`, `${OF_INSTANCES},status=~"5.."`)}) or ${answersByInstance} * 0)` +
              ` / ${answersByInstance}`,
          },
          links: [logsOfFailures],
        }),
        timeseries({
          title: 'Latency',
          description: 'What most requests take, and what the slowest do.',
          unit: units.Seconds,
          queries: {
            p50: quantile(0.5, REQUESTS, OF_INSTANCES),
            p95: quantile(0.95, REQUESTS, OF_INSTANCES),
            p99: quantile(0.99, REQUESTS, OF_INSTANCES),
          },
        }),
      ),
    ),
    section(
      'Saturation',
      graphs(
        timeseries({
          title: 'Requests in progress',
          description: 'It grows when answers take longer than requests need to arrive.',
          unit: units.NoUnit,
          queries: { '{{instance}}': `http_server_active_requests{${OF_INSTANCES}}` },
        }),
        timeseries({
          title: 'Connections of the pool',
          description: 'Connections to the database in use, by instance, and what waits for one.',
          unit: units.NoUnit,
          queries: {
            'used, {{instance}}': `db_client_connections{${OF_INSTANCES},state="used"}`,
            'waiting, {{instance}}': `db_client_connection_pending_requests{${OF_INSTANCES}}`,
            'most, {{instance}}': `db_client_connection_max{${OF_INSTANCES}}`,
          },
        }),
        timeseries({
          title: 'Event loop lag',
          description:
            'How late callbacks run. Above a tenth of a second the process computes instead of serving.',
          unit: units.Seconds,
          queries: {
            'p99, {{instance}}': `nodejs_eventloop_lag_p99_seconds{${OF_INSTANCES}}`,
            'longest, {{instance}}': `nodejs_eventloop_lag_max_seconds{${OF_INSTANCES}}`,
          },
          thresholds: { base: 'green', red: 0.1 },
        }),
      ),
      graphs(
        timeseries({
          title: 'CPU',
          description: 'Processors in use. JavaScript runs on one of them.',
          unit: units.PercentUnit,
          queries: { '{{instance}}': rate('process_cpu_seconds_total', OF_PROCESSES) },
          thresholds: { base: 'green', red: 0.9 },
        }),
        timeseries({
          title: 'Memory',
          description: 'The part of its limit that the process uses. At the limit the platform kills it.',
          unit: units.PercentUnit,
          queries: {
            '{{instance}}': `process_resident_memory_bytes{${OF_PROCESSES}} / service_memory_limit_bytes{${OF_INSTANCES}}`,
          },
          thresholds: { base: 'green', red: 0.9 },
          max: 1,
        }),
        timeseries({
          title: 'Heap',
          description:
            'Memory that JavaScript uses. A line that only rises from one collection to the next is a leak.',
          unit: units.BytesIEC,
          queries: { '{{instance}}': `nodejs_heap_size_used_bytes{${OF_INSTANCES}}` },
        }),
      ),
    ),
  ],
});
