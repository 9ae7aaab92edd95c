import type { Alert } from 'create-prod-forge/feature';

/** The alerts whose rules are in `files/observability/prometheus/rules`. */
export const alerts: readonly Alert[] = [
  {
    name: 'AvailabilityBudgetBurnsFast',
    severity: 'page',
    when: 'failures spend the error budget of the month within hours or days',
    runbook: 'availability-budget-burns',
  },
];
