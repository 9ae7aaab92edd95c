import type { Alert } from 'create-prod-forge/feature';

/** The alerts whose rules are in `files/observability/prometheus/rules` and `files/observability/loki/rules`. */
export const alerts: readonly Alert[] = [
  {
    name: 'AvailabilityBudgetBurnsFast',
    severity: 'page',
    when: 'failures spend the error budget of the month within hours or days',
    runbook: 'availability-budget-burns',
  },
  {
    name: 'MigrationFailed',
    severity: 'ticket',
    when: 'the migrator has logged that a migration failed',
    runbook: 'migration-failed',
  },
  {
    name: 'ErrorsLogged',
    severity: 'ticket',
    when: 'errors are logged that are no failed requests',
    runbook: 'errors-logged',
  },
];
