import { filledIn, metricNames, queriesOf } from './queries.mjs';

const prometheus = { type: 'prometheus', uid: '$datasource' };
const loki = { type: 'loki', uid: '$logs' };

describe('the queries of a dashboard', () => {
  it('are those of panels, of panels in closed rows, of annotations and of variables', () => {
    const queries = queriesOf({
      uid: 'one',
      title: 'One',
      panels: [
        {
          type: 'stat',
          title: 'Ready',
          datasource: prometheus,
          targets: [{ refId: 'A', expr: 'service_ready', legendFormat: '{{instance}}' }],
        },
        {
          type: 'row',
          title: 'Closed',
          panels: [
            { type: 'logs', title: 'Lines', targets: [{ refId: 'B', expr: '{a="b"}', datasource: loki }] },
          ],
        },
        { type: 'text', title: 'Words' },
      ],
      annotations: { list: [{ name: 'Versions', datasource: prometheus, expr: 'service_build_info' }] },
      templating: {
        list: [
          { name: 'datasource', type: 'datasource', query: 'prometheus' },
          {
            name: 'service',
            type: 'query',
            datasource: prometheus,
            query: { query: 'label_values(up{job="api"}, service)', refId: 'service' },
          },
        ],
      },
    });
    expect(queries.map(({ panel, refId, datasource, expr }) => [panel, refId, datasource, expr])).toEqual([
      ['Ready', 'A', 'prometheus', 'service_ready'],
      ['Lines', 'B', 'loki', '{a="b"}'],
      ['annotation Versions', '', 'prometheus', 'service_build_info'],
      ['variable service', '', 'prometheus', 'up{job="api"}'],
    ]);
    expect(queries[0]).toMatchObject({ dashboard: 'one', legend: '{{instance}}' });
  });

  it('have the values of variables, however they are written', () => {
    expect(filledIn('rate(x{a="$a",b=~"${b:regex}",c="$c"}[$__rate_interval])', { a: '1', b: '2' })).toBe(
      'rate(x{a="1",b=~"2",c="$c"}[5m])',
    );
  });
});

describe('the metrics of an expression', () => {
  it.each([
    ['up', ['up']],
    ['sum by (job) (rate(b_total[$__rate_interval])) / a{x="c_total"}', ['a', 'b_total']],
    ['{__name__="slo:x:rate5m", a="b"} or {"quoted.name"}', ['quoted.name', 'slo:x:rate5m']],
    ['histogram_quantile(0.9, sum by (le) (rate(d_bucket[5m:1m] offset 1h)))', ['d_bucket']],
    ['vector(1)', []],
  ])('%s', (promql, names) => {
    expect(metricNames(promql)).toEqual(names);
  });
});
