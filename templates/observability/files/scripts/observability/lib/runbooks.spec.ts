import { queriesIn } from './runbooks.mjs';

const runbooks = new Map([
  ['one.md', '# One\n\n```promql\nup == 0\n```\n\n```logql\n{a="b"}\n```\n\n```promql\nrate(a[5m])\n```\n'],
  ['two.md', '# Two\n\n```sh\nls\n```\n'],
]);

describe('the queries of runbooks', () => {
  it('are found with their lines', () => {
    expect(queriesIn('promql', runbooks)).toEqual([
      { where: 'one.md:4', expr: 'up == 0' },
      { where: 'one.md:12', expr: 'rate(a[5m])' },
    ]);
    expect(queriesIn('logql', runbooks)).toEqual([{ where: 'one.md:8', expr: '{a="b"}' }]);
  });
});
