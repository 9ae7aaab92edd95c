import type { PackageManager, Troubleshooting } from 'create-prod-forge/feature';

export const troubleshooting = ({ runPrefix }: PackageManager): readonly Troubleshooting[] => [
  {
    error: 'observability/prometheus/rules/slo.yaml is not what observability/slo.yaml says. …',
    cause: 'Somebody changed the objectives without writing their rules, or the rules by hand.',
    remedy: `Run \`${runPrefix} slo\`, look at the difference, and commit both.`,
  },
  {
    error: 'observability/prometheus/tests/slo-….yaml: FAILED: …',
    cause:
      'The objectives have changed: these tests have the rates of failure at which the alerts of the old ones fire.',
    remedy:
      'Give them the rates, texts and thresholds of the new objectives: a case above each limit, and one below it.',
  },
  {
    error:
      'observability/grafana/dashboards/….json is not what scripts/observability/dashboards/….ts describes. …',
    cause: 'Somebody changed a dashboard without building it, or its JSON by hand.',
    remedy: `Run \`${runPrefix} dashboards\`, look at the difference, and commit both. What was tried out in Grafana has to be written in the source.`,
  },
  {
    error: '… is excluded, and nothing breaks it',
    cause:
      'A dashboard keeps to a rule from which `observability/grafana/dashboards/.lint` exempts it, often since it was renamed.',
    remedy: 'Take the entry out, or write the title that the dashboard or the panel has now.',
  },
  {
    error: '… could fail completely without the fastest alert: promise more than … %',
    cause:
      'With this target the budget is so large that even an outage does not burn it at the rate that pages first.',
    remedy:
      'Raise `targetPercent` in `observability/slo.yaml`. What may fail that often needs an alert of another kind.',
  },
  {
    error: '… needs a test in observability/prometheus/tests in which it fires',
    cause: 'There is a rule of an alert that nobody has tried.',
    remedy:
      'Write a case in which it fires, and one in which it stays silent, into the file of `observability/prometheus/tests` that is called like that of the rule.',
  },
  {
    error: '… has a runbook that does not exist: write docs/runbooks/….md, or correct its runbook_url',
    cause: 'The link of an alert leads nowhere: whoever is woken by it would find nothing.',
    remedy:
      'Write the page, with what the message names: Symptom, Impact, Confirm, Mitigate, Prevent. Add the alert to the table in `docs/runbooks/README.md`.',
  },
  {
    error: 'there is no receiver …: define it, or write one of …',
    cause: 'A route in `observability/alertmanager/alertmanager.yml` names a receiver that is not defined.',
    remedy: 'Correct the line that the message names. Receivers are at the end of the file.',
  },
  {
    error: 'there is no promtool: start Docker, which brings …, or install it',
    cause:
      'The check takes the programs out of the images in `observability/compose.yaml`, or from the PATH.',
    remedy:
      'Start Docker, or install the packages `prometheus` and `prometheus-alertmanager` of Debian 13, Ubuntu 24.04 or later: older ones have no Alertmanager 0.26.',
  },
  {
    error: 'Docker does not answer: …',
    cause: 'The engine of Docker does not run, or this user may not speak to it.',
    remedy: `Start Docker, and try \`docker version\`: it has to show a server. Where it says \`permission denied\`, become a member of the group \`docker\`.`,
  },
  {
    error: 'Bind for 127.0.0.1:3001 failed: port is already allocated',
    cause: 'Something else on this machine has the port.',
    remedy: `Choose another: \`GRAFANA_PORT=3002 ${runPrefix} observability\`. \`PROMETHEUS_PORT\`, \`ALERTMANAGER_PORT\`, \`PORT\` and \`MANAGEMENT_PORT\` work alike.`,
  },
  {
    error: 'Invalid username or password',
    cause:
      "Grafana's volume is older than `.data/observability/grafana-password`: the password counts when the volume is made.",
    remedy:
      'Give it the password of the file: `docker compose exec grafana grafana cli admin reset-admin-password "$(cat .data/observability/grafana-password)"`.',
  },
  {
    error: 'pq: password authentication failed for user "…_monitor"',
    cause:
      '`.data/observability/monitor-password` has changed since the role of the exporter got its password.',
    remedy: `Run \`${runPrefix} observability\` again: it gives the role the password that the exporter has.`,
  },
  {
    error: "entry for stream '…' has timestamp too old",
    cause: 'Alloy reads lines that are older than Loki takes, mostly after it was away for a week.',
    remedy: 'Nothing: it goes on with lines that are newer. `docker compose logs` still has the old ones.',
  },
];
