import { groupingOf, selectorsOf } from './promql.mjs';

const EXPRESSION =
  'sum by (service, le) (rate(requests_bucket{status!~"5..",le="0.3"}[5m] offset 1h)) / on (job) group_left (zone) up > 3 and {job="api"}';

describe('an expression', () => {
  it('asks for the series that it selects', () => {
    expect(selectorsOf(EXPRESSION)).toMatchObject([
      {
        text: 'requests_bucket{status!~"5..",le="0.3"}',
        metric: 'requests_bucket',
        range: '5m',
        call: 'rate',
      },
      { text: 'up', metric: 'up', matchers: [], range: '' },
      { text: '{job="api"}', metric: '', matchers: [{ label: 'job', operator: '=', value: 'api' }] },
    ]);
  });

  it('needs the labels by which it groups and joins', () => {
    expect(groupingOf(EXPRESSION)).toEqual(['service', 'le', 'job', 'zone']);
  });
});
