import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'observability',
    title: 'Rules, alerts and their routes, as Prometheus and Alertmanager see them; dashboards',
    command: 'node scripts/observability/verify.mjs',
    claims: [
      'Every alert is tested by Prometheus itself, in a case in which it fires and one in which it stays silent',
      'Every alert has a runbook, and reaches the receiver of its severity',
      "Dashboards are what their sources describe, to the byte, what Grafana's own types say, and keep to the rules of its linter",
    ],
    order: 55,
    job: 'observability',
  },
  {
    id: 'observability-live',
    title: 'What Prometheus and Alertmanager make of the running service, in an outage too',
    command: 'node scripts/observability/live.mjs',
    claims: [
      'Every panel has data while all is well, failures too: none',
      'Everything that rules, dashboards and runbooks ask for exists in what the running service and the exporters expose',
      'An outage of the database reaches whoever is on call, with its runbook; what follows from it does not; and it is resolved when it is over',
    ],
    order: 56,
    job: 'observability',
    setUp: [{ command: 'node --run build' }],
  },
  {
    id: 'observability-compose',
    title: 'What watches the service comes up, and Grafana has it all',
    command: 'node scripts/observability/verify-compose.mjs',
    claims: [
      'All containers come up healthy; Grafana lets nobody in without its password, and has every dashboard',
      'A request is found in the logs by its id, and an alert that has no receiver yet is found there, too',
    ],
    order: 57,
    job: 'observability',
  },
]);
