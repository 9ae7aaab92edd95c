import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, numbers, section } from '#kit/layout';
import { logsOfFailures } from '#kit/links';
import { stat, table, timeseries } from '#kit/panels';
import { OF_INSTANCES, OF_PROCESSES, rate } from '#kit/queries';
import { environment, instance, prometheusSource, service } from '#kit/variables';

const REQUESTS = 'http_server_request_duration_seconds';
const running = `service_build_info{${OF_INSTANCES}}`;

/** The rate of a counter by the version of the instance that counts. */
const byVersion = (counter: string, matchers = OF_INSTANCES, ...by: string[]) =>
  `sum by (${[...by, 'version'].join(', ')}) (${rate(counter, matchers)} * on (job, instance) group_left (version) ${running})`;

const answers = byVersion(`${REQUESTS}_count`);

const started = `process_start_time_seconds{${OF_PROCESSES}}`;
/** Where each start has its own address, as in a task of ECS, nothing changes: an instance appears. */
const seen = (offset = '') => `count_over_time(${started}[$__rate_interval]${offset})`;
const restarts = `changes(${started}[$__rate_interval])`;

export default dashboard({
  uid: 'deployments',
  title: 'Deployments',
  description: 'What runs where, and is it better or worse than what ran before?',
  variables: [prometheusSource(), service(), environment(), instance()],
  from: 'now-24h',
  sections: [
    section(
      'Now',
      numbers(
        stat({
          title: 'Versions',
          description:
            'How many versions run. Two, while one replaces the other; if it stays so, a release is stuck.',
          unit: units.NoUnit,
          queries: { versions: `count(count by (version, commit) (${running}))` },
          thresholds: { base: 'green', orange: 2 },
        }),
        stat({
          title: 'Instances',
          description: 'How many instances run, of whatever version.',
          unit: units.NoUnit,
          queries: { instances: `count(${running})` },
        }),
        stat({
          title: 'Pending migrations',
          description:
            'Migrations that the version that runs needs and the database lacks. It takes no traffic until they are applied.',
          unit: units.NoUnit,
          queries: { migrations: `max(db_migrations_pending{${OF_INSTANCES}})` },
          thresholds: { base: 'green', orange: 1 },
        }),
        stat({
          title: 'Newest start',
          description: 'How long ago the last instance started.',
          unit: units.DurationSeconds,
          queries: { ago: `time() - max(process_start_time_seconds{${OF_PROCESSES}})` },
          withoutGraph: true,
        }),
      ),
      graphs(
        timeseries({
          title: 'Instances by version',
          description: 'How a version replaces another, or does not.',
          unit: units.NoUnit,
          queries: { '{{version}} ({{commit}})': `count by (version, commit) (${running})` },
          stacked: true,
        }),
        table({
          title: 'What runs where',
          description: 'The version of each instance, and whether it asks for traffic.',
          unit: units.BoolYesNo,
          column: 'ready',
          query: `max by (instance, version, commit) (service_ready{${OF_INSTANCES}} * on (job, instance) group_left (version, commit) ${running})`,
          thresholds: { base: 'red', green: 1 },
        }),
      ),
    ),
    section(
      'One version against the other',
      graphs(
        timeseries({
          title: 'Requests by version',
          description: 'Which version serves how much.',
          unit: units.RequestsPerSecond,
          queries: { '{{version}}': answers },
          stacked: true,
        }),
        timeseries({
          title: 'Failures by version',
          description: 'The part of the answers of a version that say that the service failed (5xx).',
          unit: units.PercentUnit,
          queries: {
            '{{version}}':
              `(${byVersion(`${REQUESTS}_count`, `${OF_INSTANCES},status=~"5.."`)} or ${answers} * 0)` +
              ` / ${answers}`,
          },
          links: [logsOfFailures],
        }),
        timeseries({
          title: 'Latency by version, p95',
          description: 'Nineteen of twenty requests are answered by this version within this time.',
          unit: units.Seconds,
          queries: {
            '{{version}}': `histogram_quantile(0.95, ${byVersion(`${REQUESTS}_bucket`, OF_INSTANCES, 'le')})`,
          },
        }),
      ),
    ),
    section(
      'While it is released',
      graphs(
        timeseries({
          title: 'Ready instances by version',
          description: 'A version whose instances never become ready is not released: look at its logs.',
          unit: units.NoUnit,
          queries: {
            '{{version}}': `sum by (version) (service_ready{${OF_INSTANCES}} * on (job, instance) group_left (version) ${running})`,
          },
        }),
        timeseries({
          title: 'Starts',
          description:
            'Instances that are new, at an address of their own or at that of one before. More often than there are instances, something ends them.',
          unit: units.NoUnit,
          queries: {
            starts: `(count(${seen()} unless ${seen(' offset $__rate_interval')}) or vector(0)) + (sum(${restarts}) or vector(0))`,
          },
          bars: true,
        }),
        timeseries({
          title: 'Migrations that are pending',
          description:
            'It rises when instances of a new version start before its migrations, and falls when they are applied.',
          unit: units.NoUnit,
          queries: { migrations: `max(db_migrations_pending{${OF_INSTANCES}})` },
          thresholds: { base: 'green', orange: 1 },
        }),
      ),
    ),
  ],
});
