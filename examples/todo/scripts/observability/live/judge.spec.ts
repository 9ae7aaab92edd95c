import { emptiness, problemsOf, type Question } from './judge.mjs';

const SERIES: Readonly<Record<string, { metric: Record<string, string> }[]>> = {
  requests: [{ metric: { __name__: 'requests', service: 'todo', status: '200' } }],
  'requests{status="500"}': [],
  'requests{status=~".*"}': [{ metric: { __name__: 'requests', service: 'todo', status: '200' } }],
  'requests{status=""}': [{ metric: { __name__: 'requests', service: 'todo' } }],
  'requests{zone!="a"}': [{ metric: { __name__: 'requests', service: 'todo', status: '200' } }],
  'requests{zone=~".*"}': [{ metric: { __name__: 'requests', service: 'todo', status: '200' } }],
  'requests{status="500"} or requests * 0': [{ metric: { service: 'todo' } }],
  'sum by (service) (requests)': [{ metric: { service: 'todo' } }],
  'sum by (zone) (requests)': [{ metric: {} }],
  'requests > 5': [],
};

const ask = async (expression: string) => {
  const series = SERIES[expression];
  if (!series) throw new Error('parse error');
  return Promise.resolve(series);
};

const judge = async (question: Partial<Question>) =>
  problemsOf({ where: 'here', expression: 'requests', kind: 'value', ...question }, ask);

describe('a question', () => {
  it('is fine where what it asks for is there', async () => {
    expect(await judge({ expression: 'sum by (service) (requests)', legend: 'of {{service}}' })).toEqual([]);
  });

  it('may be a condition that does not hold', async () => {
    expect(await judge({ expression: 'requests > 5', kind: 'condition' })).toEqual([]);
    expect(await judge({ expression: 'requests > 5' })).toEqual(['here: no data: requests > 5']);
  });

  it.each(['requests{status=~".*"}', 'requests{status=""}'])(
    'is fine where some series has the label: %s',
    async (expression) => {
      expect(await judge({ expression })).toEqual([]);
    },
  );

  it.each<[string, Partial<Question>, string]>([
    ['series', { expression: 'requests{status="500"}' }, 'nothing is called requests{status="500"}'],
    ['label', { expression: 'sum by (zone) (requests)' }, 'nothing has the label zone'],
    ['label that it leaves out', { expression: 'requests{zone!="a"}' }, 'no requests has the label zone'],
    [
      'label of which it takes any',
      { expression: 'requests{zone=~".*"}', kind: 'condition' },
      'no requests has the label zone',
    ],
    ['label of its legend', { legend: '{{zone}}' }, 'no series has {{zone}} for the legend'],
    ['expression that Prometheus takes', { expression: 'requests >' }, 'parse error: requests >'],
  ])('is refused without a %s', async (_, question, problem) => {
    expect(await judge(question)).toEqual([`here: ${problem}`]);
  });
});

describe('a panel', () => {
  const shown = async (expression: string) =>
    emptiness({ where: 'here', expression, kind: 'value' }, async (asked) => ask(asked));

  it('has something to show where one part of it is missing', async () => {
    expect(await shown('requests{status="500"} or requests * 0')).toEqual([]);
  });

  it('is empty where failures are missing, and nothing says that there are none', async () => {
    expect(await shown('requests{status="500"}')).toEqual([
      'here: no data while all is well: requests{status="500"}',
    ]);
  });
});
