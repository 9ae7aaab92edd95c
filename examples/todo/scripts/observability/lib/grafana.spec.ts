import { answerProblems, dashboardProblems, logProblems, ruleProblems, targetProblems } from './grafana.mjs';

const answering = (answers: Record<string, unknown>) => ({
  get: async (path: string): Promise<unknown> => {
    if (!(path in answers)) throw new Error(`${path} answers 404`);
    return Promise.resolve(answers[path]);
  },
});
const health = (status: string) => ({ status, message: 'for a reason' });
const dashboard = (panels: unknown[], provisioned = true) => ({
  dashboard: { panels },
  meta: { provisioned },
});

describe('what Grafana has', () => {
  const good = {
    '/api/search': [{ uid: 'service' }, { uid: 'logs' }],
    '/api/dashboards/uid/service': dashboard([{}, {}]),
    '/api/dashboards/uid/logs': dashboard([{}]),
    '/api/datasources/uid/prometheus/health': health('OK'),
    '/api/datasources/uid/loki/health': health('OK'),
  };
  const dashboards = [
    { uid: 'service', panels: [{}, {}] },
    { uid: 'logs', panels: [{}] },
  ];

  it('is what the repository has', async () => {
    await expect(dashboardProblems(answering(good), dashboards)).resolves.toEqual([]);
  });

  it.each([
    ['a dashboard that is missing', { '/api/search': [{ uid: 'logs' }] }, 'service is not listed'],
    [
      'one that has lost panels',
      { '/api/dashboards/uid/service': dashboard([{}]) },
      'service has lost panels',
    ],
    [
      'one made by hand',
      { '/api/dashboards/uid/logs': dashboard([{}], false) },
      'logs does not come from the repository',
    ],
    [
      'a source that does not answer',
      { '/api/datasources/uid/loki/health': health('ERROR') },
      'loki does not answer: for a reason',
    ],
  ])('is not %s', async (_, changed, problem) => {
    await expect(dashboardProblems(answering({ ...good, ...changed }), dashboards)).resolves.toEqual([
      problem,
    ]);
  });
});

describe('what its sources have', () => {
  it('is every target, reached', async () => {
    const path = '/api/datasources/proxy/uid/prometheus/api/v1/targets';
    const activeTargets = [
      { labels: { job: 'api' }, health: 'up', lastError: '' },
      { labels: { job: 'loki' }, health: 'unknown', lastError: '' },
      { labels: { job: 'node' }, health: 'down', lastError: 'refused' },
    ];
    await expect(targetProblems(answering({ [path]: { data: { activeTargets } } }))).resolves.toEqual([
      'loki: not scraped yet',
      'node: refused',
    ]);
  });

  it('is what rules and panels ask for', async () => {
    const series = async (query: string) =>
      Promise.resolve(query === 'pg_up' ? [{ metric: { job: 'postgres' } }] : []);
    const ask = (expression: string) => ({ where: expression, expression, kind: 'value' as const });
    await expect(
      answerProblems({ series }, ['pg_up', 'pg_up == 1', 'container_a'].map(ask)),
    ).resolves.toEqual(['pg_up == 1: no data: pg_up == 1', 'container_a: nothing is called container_a']);
  });

  it('is every rule of logs, evaluated', async () => {
    const path = '/api/datasources/proxy/uid/loki/prometheus/api/v1/rules';
    const rules = [
      { name: 'A', health: 'ok' },
      { name: 'B', health: 'unknown' },
      { name: 'C', health: 'err', lastError: 'syntax' },
    ];
    const asked = ['A', 'B', 'C', 'D'].map((name) => ({ name }));
    await expect(
      ruleProblems(answering({ [path]: { data: { groups: [{ rules }] } } }), asked),
    ).resolves.toEqual(['B: unknown', 'C: syntax', 'D is not there']);
  });

  it('is the line of a request, under few labels', async () => {
    const having = (found: unknown[], labels: string[]) => ({
      lines: async () =>
        Promise.resolve(found as { stream: Record<string, string>; values: [string, string][] }[]),
      loki: async () => Promise.resolve({ data: labels }),
    });
    const line = { stream: {}, values: [] };
    await expect(
      logProblems(having([line], ['level', 'service', 'environment']), 'todo', 'id'),
    ).resolves.toEqual([]);
    await expect(logProblems(having([], ['level', 'service', 'pod']), 'todo', 'id')).resolves.toEqual([
      'there is no line of the request id',
      'the labels are level, service, pod, not service, environment, level',
    ]);
  });
});
