import { logqlProblems, windowsOf } from './logql-grammar.mjs';

describe('LogQL', () => {
  it.each([
    '{service="$service",level=~"$level"} |~ `(?i)$search` | request_id=~"$request_id.*"',
    'sum by (msg) (count_over_time({service="a"} | json msg="msg" [$__auto]))',
  ])('takes %s', (logql) => {
    expect(logqlProblems(logql)).toEqual([]);
  });

  it.each([
    ['{service="a"', 'something is missing after'],
    ['{service=a}', 'unexpected "a"'],
    ['{service="a"} | jsn', 'something is missing after'],
  ])('refuses %s', (logql, problem) => {
    expect(logqlProblems(logql).join()).toContain(problem);
  });

  it('says over which windows lines are counted', () => {
    expect(windowsOf('sum(count_over_time({a="[b]"} |~ `[c]` [5m])) / sum(rate({a="d"}[$__auto]))')).toEqual([
      '5m',
      '$__auto',
    ]);
  });
});
