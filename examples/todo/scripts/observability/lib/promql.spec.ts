import { groupingOf, labelsOf, promqlProblems, selectorsOf } from './promql.mjs';

describe('PromQL', () => {
  it.each([
    'sum by (route) (rate(http_total{service="$service"}[$__rate_interval]))',
    'histogram_quantile(0.95, sum by (le) (rate(x_bucket{route=~"${route:regex}"}[$__rate_interval])))',
    'a unless a offset 5m',
    'topk(10, a * on (id) group_left (query) b or on (id) a)',
  ])('takes %s', (promql) => {
    expect(promqlProblems(promql)).toEqual([]);
  });

  it.each([
    ['rate(up)', 'expected type matrix'],
    ['rates(up[5m])', 'unexpected expression'],
    ['sum(rate(up[5m])', 'unexpected expression at the end'],
    ['label_replace(up, "a", "b", "c")', 'expected 5 argument(s)'],
    ['{}', 'must contain at least one non-empty matcher'],
    ['up + on (a) scalar(b)', 'vector matching only allowed between instant vectors'],
    ['rate(up[$unknown])', 'unexpected expression'],
  ])('refuses %s', (promql, problem) => {
    expect(promqlProblems(promql).join()).toContain(problem);
  });

  it('reads which series an expression is about, and what is done to them', () => {
    expect(selectorsOf('sum(rate(a_total{job="$job",b!="c"}[$__rate_interval])) / count(d > 0)')).toEqual([
      {
        text: 'a_total{job="$job",b!="c"}',
        metric: 'a_total',
        matchers: [
          { label: 'job', operator: '=', value: '$job' },
          { label: 'b', operator: '!=', value: 'c' },
        ],
        range: '$__rate_interval',
        call: 'rate',
      },
      { text: 'd', metric: 'd', matchers: [], range: '', call: '' },
    ]);
  });

  it.each([
    ['sum(a)', []],
    ['1 - sum by (b, c) (a)', ['b', 'c']],
    ['histogram_quantile(0.9, sum by (le, b) (rate(a[5m])))', ['b']],
    ['topk(3, sum by (b) (a))', ['b']],
    ['(sum by (b) (a) or vector(0)) / sum by (b) (a)', ['b']],
    ['time() - max by (b) (a)', ['b']],
  ])('knows the labels of the answer to %s', (promql, labels) => {
    expect([...(labelsOf(promql) ?? ['unknown'])]).toEqual(labels);
  });

  it.each(['a', 'a * on (b) group_left (c) d', 'label_replace(sum by (b) (a), "c", "$1", "b", "(.*)")'])(
    'does not know those of %s',
    (promql) => {
      expect(labelsOf(promql)).toBeUndefined();
    },
  );

  it('knows the labels by which an expression groups and joins', () => {
    const joined = 'sum by (service, le) (rate(a_bucket[5m] offset 1h)) / on (job) group_left (zone) b';
    expect(groupingOf(joined)).toEqual(['service', 'le', 'job', 'zone']);
  });
});
