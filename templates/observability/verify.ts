import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'observability',
    title: 'Rules, alerts and their routes, as Prometheus and Alertmanager see them',
    command: 'node scripts/observability/verify.mjs',
    claims: [
      'Every alert is tested by Prometheus itself, in a case in which it fires and one in which it stays silent',
      'Every alert has a runbook, and reaches the receiver of its severity',
    ],
    order: 55,
  },
]);
