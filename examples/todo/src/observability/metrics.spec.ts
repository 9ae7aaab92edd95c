import { Metrics } from './metrics';

describe('the metrics of requests', () => {
  const counts = async ({ registry }: Metrics, status: number) => {
    const text = await registry.getSingleMetricAsString('http_server_request_duration_seconds');
    const pattern = new RegExp(`_count\\{.*status="${status}".*\\} (\\d+)`, 'g');
    return [...text.matchAll(pattern)].map(([, count]) => Number(count));
  };

  it('count failures of a route from zero on, and lose none', async () => {
    const metrics = new Metrics();
    const end = (status: number) => {
      metrics.requestEnded({ method: 'GET', route: '/v1/todos', status, seconds: 0.1 });
    };
    expect(await counts(metrics, 503)).toEqual([]);
    end(200);
    expect([await counts(metrics, 500), await counts(metrics, 503)]).toEqual([[0], [0]]);
    end(503);
    end(200);
    end(503);
    expect([await counts(metrics, 200), await counts(metrics, 500), await counts(metrics, 503)]).toEqual([
      [2],
      [0],
      [2],
    ]);
  });
});
