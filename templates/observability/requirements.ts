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
];
