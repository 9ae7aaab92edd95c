import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, section, tall } from '#kit/layout';
import { logsOfRoute, logsOfRoutes } from '#kit/links';
import { heatmap, table, timeseries } from '#kit/panels';
import { increase, OF_INSTANCES, quantile, rate } from '#kit/queries';
import { environment, instance, prometheusSource, service, some } from '#kit/variables';

const REQUESTS = 'http_server_request_duration_seconds';
const CHOSEN = `${OF_INSTANCES},route=~"$route"`;
const answers = (by: string) => `sum by (${by}) (${rate(`${REQUESTS}_count`, CHOSEN)})`;
/** Nothing counts what never happened: that is none. */
const failures = (by: string) =>
  `(sum by (${by}) (${rate(`${REQUESTS}_count`, `${CHOSEN},status=~"5.."`)}) or ${answers(by)} * 0)`;

export default dashboard({
  uid: 'requests',
  title: 'Requests',
  description: 'Which routes are busy, which fail, and which are slow?',
  variables: [
    prometheusSource(),
    service(),
    environment(),
    instance(),
    // Links carry it along, and a plus in their address is read as a space.
    some('route', 'Route', `${REQUESTS}_count{service="$service",environment="$environment"}`).allValue('.*'),
  ],
  sections: [
    section(
      'By route',
      graphs(
        timeseries({
          title: 'Rate',
          description: 'Answers of each route.',
          unit: units.RequestsPerSecond,
          queries: { '{{method}} {{route}}': answers('method, route') },
          links: [logsOfRoute],
        }),
        timeseries({
          title: 'Errors',
          description: 'The part of the answers of a route that say that the service failed (5xx).',
          unit: units.PercentUnit,
          queries: { '{{method}} {{route}}': `${failures('method, route')} / ${answers('method, route')}` },
          links: [logsOfRoute],
        }),
        timeseries({
          title: 'Duration, p95',
          description: 'Nineteen of twenty requests of a route are answered within this time.',
          unit: units.Seconds,
          queries: { '{{method}} {{route}}': quantile(0.95, REQUESTS, CHOSEN, 'method', 'route') },
          links: [logsOfRoute],
        }),
      ),
    ),
    section(
      'Duration',
      tall(
        heatmap({
          title: 'Spread of durations',
          description:
            'How many requests took how long. Two bands are two kinds of requests: say, those that find what they need in a cache, and those that do not.',
          unit: units.Seconds,
          buckets: `sum by (le) (${increase(`${REQUESTS}_bucket`, CHOSEN)})`,
        }),
        timeseries({
          title: 'Quantiles',
          description: 'What most requests take, and what the slowest do.',
          unit: units.Seconds,
          queries: {
            p50: quantile(0.5, REQUESTS, CHOSEN),
            p90: quantile(0.9, REQUESTS, CHOSEN),
            p95: quantile(0.95, REQUESTS, CHOSEN),
            p99: quantile(0.99, REQUESTS, CHOSEN),
          },
          links: [logsOfRoutes],
        }),
      ),
    ),
    section(
      'Answers',
      graphs(
        timeseries({
          title: 'Refused',
          description:
            'Answers that say that who asked made a mistake (4xx), by status. A rise may be an attack, or a client that was released with a mistake.',
          unit: units.RequestsPerSecond,
          queries: {
            '{{status}}': `sum by (status) (${rate(`${REQUESTS}_count`, `${CHOSEN},status=~"4.."`)})`,
          },
          links: [logsOfRoutes],
        }),
        table({
          title: 'Busiest',
          description: 'The routes that most of the time goes to: where it pays to be faster.',
          unit: units.PercentUnit,
          column: 'share',
          query: `topk(10, sum by (method, route) (${rate(`${REQUESTS}_sum`, CHOSEN)}) / scalar(sum(${rate(`${REQUESTS}_sum`, CHOSEN)})))`,
        }),
      ),
    ),
  ],
});
