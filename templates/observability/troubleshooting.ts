import type { PackageManager, Troubleshooting } from 'create-prod-forge/feature';

export const troubleshooting = ({ runPrefix }: PackageManager): readonly Troubleshooting[] => [
  {
    error: 'observability/prometheus/rules/slo.yaml is not what observability/slo.yaml says. …',
    cause: 'Somebody changed the objectives without writing their rules, or the rules by hand.',
    remedy: `Run \`${runPrefix} slo\`, look at the difference, and commit both.`,
  },
];
