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
