import type { DecisionRecord } from 'create-prod-forge/feature';

export const decisions: readonly DecisionRecord[] = [
  {
    slug: 'slo-alerting',
    title: 'Objectives wake people, thresholds do not',
    decision: 'Pages come from the rate at which error budgets burn; causes become tickets and dashboards.',
  },
];
