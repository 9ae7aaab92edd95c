import type { DecisionRecord } from 'create-prod-forge/feature';

export const decisions: readonly DecisionRecord[] = [
  {
    slug: 'dashboards-as-code',
    title: 'Dashboards are code',
    decision: 'TypeScript that is built to committed JSON, and held to rules; nothing is edited in Grafana.',
  },
  {
    slug: 'prometheus',
    title: 'Prometheus for metrics',
    decision:
      'Prometheus scrapes the management port; rules, alerts and their tests are files that it checks itself.',
  },
  {
    slug: 'loki-and-alloy',
    title: 'Loki keeps the logs, and Alloy collects them',
    decision:
      'Three labels, ids of requests as metadata, an end after 31 days; Promtail has reached the end of its life.',
  },
  {
    slug: 'slo-alerting',
    title: 'Objectives wake people, thresholds do not',
    decision: 'Pages come from the rate at which error budgets burn; causes become tickets and dashboards.',
  },
];
