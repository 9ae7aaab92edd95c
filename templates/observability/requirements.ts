import type { Requirement } from 'create-prod-forge/feature';

const area = 'Observability';
const check = 'observability';

export const requirements: readonly Requirement[] = [
  {
    id: 'D1',
    area,
    requirement:
      'Rules are checked and tested: every alert in a case in which it fires, and one in which it stays silent',
    check,
    test: 'scripts/observability/lib/alerts.spec.ts: is bad without a test in which it fires: %s',
  },
  {
    id: 'D1b',
    area,
    requirement: 'A budget that burns is told by a long window and a short one, at each rate',
    check,
    test: 'observability/prometheus/tests/slo-hours.yaml: a burst above the rate of the short windows only',
  },
  {
    id: 'D2',
    area,
    requirement:
      'Every alert has a severity, a summary, a description, a dashboard, and a runbook that says what it means and what to do',
    check,
    test: 'scripts/observability/lib/alerts.spec.ts: is bad with a runbook that leaves something out',
  },
  {
    id: 'D3b',
    area,
    requirement: 'Whatever rules and dashboards ask for is exposed by the running service and the exporters',
    check: 'observability-live',
    test: 'scripts/observability/live/judge.spec.ts: is refused without a %s',
  },
  {
    id: 'D6',
    area,
    requirement:
      "Dashboards keep to the rules of Grafana's linter: expressions that Prometheus and Loki take, units, titles, descriptions, variable data sources",
    check,
  },
  {
    id: 'D7',
    area,
    requirement: 'Dashboards are what their sources describe, to the byte',
    check,
  },
  {
    id: 'D15',
    area,
    requirement:
      'A dead-man switch, grouping and inhibition: an outage is one page, a cause hides what follows from it, and every alert reaches who should hear of it',
    check,
    test: 'scripts/observability/lib/routing.spec.ts: is good where every name leads somewhere',
  },
  {
    id: 'D16',
    area,
    requirement: '2 % of failures page at the minute at which an hour has seen too much of them',
    check,
    test: 'observability/prometheus/tests/slo-minutes.yaml: 2 % of failures burn 20 times as fast as the budget allows',
  },
  {
    id: 'D12',
    area,
    requirement:
      'Logs are collected by Alloy, whose configuration is read, and checked by Alloy itself where its image can be had; nothing that has reached its end of life collects',
    check: 'unit',
    test: 'scripts/observability/lib/compose-policy.spec.ts: what collected logs once',
  },
  {
    id: 'D13b',
    area,
    requirement:
      'Loki has schema 13 on tsdb, deletes what is older than its retention period, and takes three labels: service, environment and level',
    check: 'unit',
    test: 'scripts/observability/lib/loki.spec.ts: is right',
  },
  {
    id: 'D14',
    area,
    requirement:
      'Containers are pinned, limited, confined, open to this machine only, and come up healthy together',
    check: 'observability-compose',
    test: 'scripts/observability/lib/compose-policy.spec.ts: are pinned, limited and confined',
  },
];
