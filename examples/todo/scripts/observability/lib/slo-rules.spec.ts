import { fastestBurn, sloRules } from './slo-rules.mjs';

const objective = {
  name: 'search-latency',
  kind: 'latency' as const,
  targetPercent: 95,
  thresholdSeconds: 0.5,
  promise: 'Searches end soon',
  runbook: 'searches-are-slow',
};
const rulesOf = (windowDays: number, minimumFailures = 3, changes: Partial<typeof objective> = {}) =>
  sloRules({ windowDays, minimumFailures, objectives: [{ ...objective, ...changes }] }).groups.flatMap(
    ({ rules }): Record<string, unknown>[] => rules,
  );
const recorded = (name: string, windowDays = 30) =>
  rulesOf(windowDays).find(({ record }) => record === name)?.expr;
const alert = (name: string, windowDays = 30, minimumFailures = 3) =>
  rulesOf(windowDays, minimumFailures).find((rule) => rule.alert === name);

describe('the rules of an objective', () => {
  it('call an alert by it, with its promise, its runbook and its dashboard', () => {
    expect(alert('SearchLatencyBudgetBurnsFast')).toMatchObject({
      labels: { severity: 'page', slo: 'search-latency' },
      annotations: {
        description: expect.stringContaining('searches end soon, for 95 % of them in 30 days'),
        runbook_url: '{{ $externalLabels.repository_url }}/blob/main/docs/runbooks/searches-are-slow.md',
        dashboard_url: expect.stringContaining('/d/slo?var-service={{ $labels.service }}'),
      },
    });
    expect(alert('SearchLatencyBudgetBurns')).toMatchObject({ labels: { severity: 'ticket' } });
  });

  it.each([
    ['SearchLatencyBudgetBurnsFast', 30, ['1h', '14.4', '5m'], ['6h', '6', '30m']],
    ['SearchLatencyBudgetBurns', 30, ['1d', '3', '2h'], ['3d', '1', '6h']],
    // The same parts of a smaller budget are spent at lower rates.
    ['SearchLatencyBudgetBurnsFast', 7, ['1h', '3.36', '5m'], ['6h', '1.4', '30m']],
  ])('%s in %d days where both windows do', (name, windowDays, ...tiers) => {
    const expr = String(alert(name, windowDays)?.expr);
    const conditions = expr.split('\nor\n');
    expect(conditions).toHaveLength(tiers.length);
    tiers.forEach(([long, factor, short], index) => {
      for (const window of [long, short])
        expect(conditions[index]).toContain(
          `slo:error_ratio:rate${window}{slo="search-latency"} > ${factor} * (1 - 95 / 100)`,
        );
      expect(conditions[index]).toMatch(/ and .* and /);
    });
  });

  it('ask for enough failures in the long window', () => {
    const expr = String(alert('SearchLatencyBudgetBurnsFast', 30, 7)?.expr);
    expect(expr).toContain('round(sum_over_time(slo:errors:rate5m{slo="search-latency"}[1h:1m]) * 60) >= 7)');
    expect(expr).toContain('round(sum_over_time(slo:errors:rate5m{slo="search-latency"}[6h:1m]) * 60) >= 7)');
  });

  it('record the window of the objective, once', () => {
    const windows = (days: number) =>
      rulesOf(days)
        .map(({ record }) => String(record))
        .filter((record) => record.startsWith('slo:error_ratio:'))
        .map((record) => record.replace('slo:error_ratio:rate', ''));
    expect(windows(30)).toEqual(['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d']);
    expect(windows(7).at(-1)).toBe('7d');
    expect(recorded('slo:error_budget_remaining:ratio', 7)).toContain('slo:error_ratio:rate7d');
  });

  it('ask for days once a minute, and for nothing else so seldom', () => {
    const { groups } = sloRules({ windowDays: 30, minimumFailures: 3, objectives: [objective] });
    const asked = groups.map(({ interval, rules }) => ({
      interval,
      days: rules.map(({ expr }) => expr).filter((expr) => /\[\d+d/.test(expr)).length,
    }));
    expect(asked).toEqual([
      { interval: undefined, days: 0 },
      // Three windows, and the alert that counts failures in two of them.
      { interval: '1m', days: 4 },
    ]);
  });

  it('count slow answers by the bucket of the threshold, in the notation of either version of Prometheus', () => {
    expect(recorded('slo:errors:rate5m')).toContain('le="0.5"');
    const [, errors] = rulesOf(30, 3, { thresholdSeconds: 1 });
    expect(errors?.expr).toContain('le=~"1|1.0"');
  });

  it('count no failure as a slow answer, and every 5xx as a failure', () => {
    expect(recorded('slo:requests:rate5m')).toContain('status!~"5.."');
    const { groups } = sloRules({
      windowDays: 30,
      minimumFailures: 1,
      objectives: [{ ...objective, name: 'availability', kind: 'availability' }],
    });
    const [all, errors] = groups[0]?.rules ?? [];
    expect(all?.expr).not.toContain('status');
    expect(errors?.expr).toContain('status=~"5.."');
  });

  it('say how fast the fastest burn is', () => {
    expect(fastestBurn(30)).toBe(14.4);
    expect(fastestBurn(7)).toBe(3.36);
  });
});
