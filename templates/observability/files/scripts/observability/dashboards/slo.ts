import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, numbers, section } from '#kit/layout';
import { logsOfFailures } from '#kit/links';
import { stat, timeseries } from '#kit/panels';
import { OF_SERVICE } from '#kit/queries';
import { environment, prometheusSource, service } from '#kit/variables';

/** How fast the budget is spent: at 1 it lasts just as long as promised. What is promised is the same for all services. */
const burnRate = (window: string) =>
  `max by (slo) (slo:error_ratio:rate${window}{${OF_SERVICE}}) / on (slo) max by (slo) (1 - slo:objective:ratio)`;

/** The two windows of which one alert asks that both are bad. */
const burns = ({ long, short, asks }: Readonly<Record<'long' | 'short' | 'asks', string>>) =>
  timeseries({
    title: `Burn rate over ${long}`,
    description: `How many times as fast as the objective allows the budget is spent. An alert that ${asks} looks at ${long}, and at ${short} to see that it goes on.`,
    unit: units.Short,
    queries: { [`{{slo}}, ${long}`]: burnRate(long), [`{{slo}}, ${short}`]: burnRate(short) },
    thresholds: { base: 'green', orange: 1 },
  });

export default dashboard({
  uid: 'slo',
  title: 'Objectives',
  description: 'Do we keep what we promise, and how much may still go wrong?',
  variables: [prometheusSource(), service(), environment()],
  from: 'now-7d',
  sections: [
    section(
      'Promised and kept',
      numbers(
        stat({
          title: 'Objective',
          description: 'The part of the requests that have to be good, as observability/slo.yaml says.',
          unit: units.PercentUnit,
          decimals: 2,
          queries: { '{{slo}}': 'max by (slo) (slo:objective:ratio)' },
          withoutGraph: true,
        }),
        stat({
          title: 'Error budget left',
          description:
            'What is left of the failures that the objective allows in its window. Below zero it is missed.',
          unit: units.PercentUnit,
          decimals: 1,
          queries: { '{{slo}}': `min by (slo) (slo:error_budget_remaining:ratio{${OF_SERVICE}})` },
          thresholds: { base: 'red', orange: 0, green: 0.25 },
        }),
        stat({
          title: 'Good within the last day',
          description: 'The part of the requests of a day that were good.',
          unit: units.PercentUnit,
          decimals: 3,
          queries: { '{{slo}}': `1 - max by (slo) (slo:error_ratio:rate1d{${OF_SERVICE}})` },
        }),
      ),
      graphs(
        timeseries({
          title: 'Error budget left over time',
          description: 'It falls with each failure, and rises when failures are older than the window.',
          unit: units.PercentUnit,
          queries: { '{{slo}}': `min by (slo) (slo:error_budget_remaining:ratio{${OF_SERVICE}})` },
          thresholds: { base: 'red', orange: 0, green: 0.25 },
          min: -1,
          max: 1,
        }),
      ),
    ),
    section(
      'How fast the budget is spent',
      graphs(
        burns({ long: '1h', short: '5m', asks: 'pages' }),
        burns({ long: '6h', short: '30m', asks: 'pages' }),
      ),
      graphs(
        burns({ long: '1d', short: '2h', asks: 'makes tickets' }),
        burns({ long: '3d', short: '6h', asks: 'makes tickets' }),
      ),
    ),
    section(
      'Requests',
      graphs(
        timeseries({
          title: 'Counted requests',
          description: 'Requests that an objective counts. With few of them, one failure is a large part.',
          unit: units.RequestsPerSecond,
          queries: { '{{slo}}': `sum by (slo) (slo:requests:rate5m{${OF_SERVICE}})` },
        }),
        timeseries({
          title: 'Requests that were not good',
          description: 'Failures, for the availability; answers that were too slow, for the latency.',
          unit: units.RequestsPerSecond,
          queries: { '{{slo}}': `sum by (slo) (slo:errors:rate5m{${OF_SERVICE}})` },
          links: [logsOfFailures],
        }),
      ),
    ),
  ],
});
