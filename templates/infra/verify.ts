import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'infra',
    title: 'Infrastructure: format, policy, validity, tests with mocked providers',
    command: 'node scripts/infra/verify.mjs',
    claims: [
      'Every Terraform module is valid and formatted, and its tests pass without an AWS account',
      'Staging and production are encrypted, private, logged, and open to the world on 80 and 443 only: a policy judges what is written, and what would be made of it',
      'A plan is refused whose tasks could need more connections than the database has, or whose timeouts do not nest',
      "GitHub's jobs get a role for exactly one environment of exactly one repository",
    ],
    order: 60,
    job: 'infrastructure',
    setUp: [
      {
        uses: 'hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e',
        version: 'v4.0.1',
        inputs: { terraform_version: '1.11.4', terraform_wrapper: 'false' },
      },
    ],
  },
  {
    id: 'rds',
    title: 'Logging in to RDS, with the variables of the tasks, on a real PostgreSQL',
    command: 'node --run test:rds',
    claims: [
      'With the variables that Terraform gives to the tasks, migrations log in with the password of the owner and the service with tokens of IAM',
      'Each connection has a token of its own, for its host, port, role and region, and none is ever sent in the clear or logged',
      'Where tokens are refused or can not be made, an instance says why, answers 503, and goes on by itself when they hold again',
    ],
    order: 32,
    job: 'end-to-end',
  },
]);
