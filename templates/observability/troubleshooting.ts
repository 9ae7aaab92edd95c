import type { PackageManager, Troubleshooting } from 'create-prod-forge/feature';

export const troubleshooting = ({ runPrefix }: PackageManager): readonly Troubleshooting[] => [
  {
    error: 'observability/prometheus/rules/slo.yaml is not what observability/slo.yaml says. …',
    cause: 'Somebody changed the objectives without writing their rules, or the rules by hand.',
    remedy: `Run \`${runPrefix} slo\`, look at the difference, and commit both.`,
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
];
