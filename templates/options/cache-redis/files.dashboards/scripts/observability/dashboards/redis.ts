import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, numbers, section } from '#kit/layout';
import { stat, timeseries } from '#kit/panels';
import { OF_INSTANCES, quantile, rate } from '#kit/queries';
import { environment, instance, prometheusSource, service } from '#kit/variables';

const COMMANDS = 'redis_command_duration_seconds';
const reads = (result = '') => `sum(${rate('cache_requests_total', `${OF_INSTANCES}${result}`)})`;
const checks = (store = '') => `sum(${rate('rate_limit_checks_total', `${OF_INSTANCES}${store}`)})`;

export default dashboard({
  uid: 'redis',
  title: 'Redis',
  description: 'Does the cache spare the database, and does the rate limit count for all instances together?',
  variables: [prometheusSource(), service(), environment(), instance()],
  sections: [
    section(
      'Now',
      numbers(
        stat({
          title: 'Connected',
          description:
            'Whether all instances are connected. Without Redis the service goes on: reads go to the database.',
          unit: units.BoolYesNo,
          queries: { connected: `min(redis_up{${OF_INSTANCES}})` },
          thresholds: { base: 'red', green: 1 },
          withoutGraph: true,
        }),
        stat({
          title: 'Hits',
          description: 'The part of the reads that the cache answers.',
          unit: units.PercentUnit,
          queries: { hits: `${reads(',result="hit"')} / ${reads()}` },
        }),
        stat({
          title: 'Failed commands',
          description: 'The part of the commands that Redis did not answer, or not in time.',
          unit: units.PercentUnit,
          queries: {
            failed: `1 - sum(${rate(`${COMMANDS}_count`, `${OF_INSTANCES},outcome="ok"`)}) / sum(${rate(`${COMMANDS}_count`, OF_INSTANCES)})`,
          },
          thresholds: { base: 'green', orange: 0.01, red: 0.1 },
        }),
        stat({
          title: 'Counted alone',
          description:
            'The part of the requests that an instance counted by itself, because Redis did not: the rate limit is then as many times as high as there are instances.',
          unit: units.PercentUnit,
          queries: { alone: `${checks(',store="memory"')} / ${checks()}` },
          thresholds: { base: 'green', orange: 0.01, red: 0.5 },
        }),
      ),
    ),
    section(
      'Cache',
      graphs(
        timeseries({
          title: 'Reads by result',
          description: 'What the cache was asked for, and whether it knew.',
          unit: units.RequestsPerSecond,
          queries: {
            '{{operation}}: {{result}}': `sum by (operation, result) (${rate('cache_requests_total', OF_INSTANCES)})`,
          },
          stacked: true,
        }),
        timeseries({
          title: 'Renewals',
          description:
            'Writes that made cached reads worthless. One that fails may leave an old answer until it expires.',
          unit: units.CountsPerSecond,
          queries: { '{{result}}': `sum by (result) (${rate('cache_invalidations_total', OF_INSTANCES)})` },
        }),
        timeseries({
          title: 'Connected instances',
          description: 'Instances that are connected, among those that run.',
          unit: units.NoUnit,
          queries: {
            connected: `sum(redis_up{${OF_INSTANCES}})`,
            running: `count(redis_up{${OF_INSTANCES}})`,
          },
        }),
      ),
    ),
    section(
      'Commands',
      graphs(
        timeseries({
          title: 'Commands by purpose',
          description: 'What Redis is asked for.',
          unit: units.CountsPerSecond,
          queries: {
            '{{operation}}: {{outcome}}': `sum by (operation, outcome) (${rate(`${COMMANDS}_count`, OF_INSTANCES)})`,
          },
        }),
        timeseries({
          title: 'Duration of commands, p99',
          description:
            'All but one of a hundred take less. Near REDIS_COMMAND_TIMEOUT_MS, commands are given up.',
          unit: units.Seconds,
          queries: { '{{operation}}': quantile(0.99, COMMANDS, OF_INSTANCES, 'operation') },
        }),
        timeseries({
          title: 'Rate limit by store',
          description: 'Requests that were counted in Redis, for all instances, and in memory, by one alone.',
          unit: units.RequestsPerSecond,
          queries: { '{{store}}': `sum by (store) (${rate('rate_limit_checks_total', OF_INSTANCES)})` },
          stacked: true,
        }),
      ),
    ),
  ],
});
