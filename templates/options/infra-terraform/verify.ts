import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'infra',
    title: 'Terraform: format, validity, tests with mocked providers',
    command: 'node scripts/infra/verify.mjs',
    claims: [
      'Every Terraform module is valid and formatted, and its tests pass without an AWS account',
      "GitHub's jobs get a role for exactly one environment of exactly one repository",
    ],
    order: 60,
  },
]);
