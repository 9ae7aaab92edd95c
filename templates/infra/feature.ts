import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';
import { troubleshooting } from './troubleshooting.ts';

export default defineFeature({
  title: 'Infrastructure modules',
  summary: 'Terraform modules for AWS and the bootstrap of an account',
  commonTo: 'infra',
  implies: [{ feature: 'delivery-ecs', because: 'what is made there is for releases' }],
  accepts: { taskVariables: 'template', awsRights: 'template', releaseGuides: 'template' },
  contribute: ({ packageManager }) => ({
    packageJson: {
      scripts: {
        'infra:fmt': 'terraform fmt -recursive infra',
        'infra:lock': 'node scripts/infra/lock.mjs',
        'infra:policy': 'node scripts/infra/policy.mjs',
        'test:rds': 'nest build && node scripts/jest.mjs --config test/jest.config.mjs test/rds/',
        'verify:infra': 'node scripts/infra/verify.mjs',
      },
      // The package is required in a way that hides its types, from knip too.
      knip: { ignoreBinaries: ['terraform'], ignoreDependencies: ['@cdktn/hcl2json'] },
    },
    databaseAccess: [{ symbol: 'rdsAccess', from: './rds/rds-access' }],
    imageReferences: [
      {
        files: '/^infra/.+\\.tf$/',
        match:
          '"(?<depName>(?:docker\\.io|public\\.ecr\\.aws)/[^:@"]+):(?<currentValue>[^@"]+)(?:@(?<currentDigest>sha256:[0-9a-f]{64}))?"',
      },
    ],
    adrs: [
      {
        slug: 'fargate',
        title: 'ECS on Fargate, not Kubernetes',
        decision: 'Tasks without machines; rolling releases that alarms and a circuit breaker roll back.',
      },
      {
        slug: 'github-oidc',
        title: 'Pipelines take roles by OIDC',
        decision: 'No access keys: a role trusts one environment of one repository, by its id.',
      },
      {
        slug: 'iam-database-authentication',
        title: 'The service logs in to its database by IAM',
        decision: 'A token for each connection; only migrations have a password, which RDS rotates.',
      },
      {
        slug: 'observability-on-aws',
        title: 'Signals go to Prometheus and Loki, and stay in CloudWatch',
        decision: 'One collector per environment; tasks answer scrapes and write to stdout.',
      },
      {
        slug: 'state-locking',
        title: "Terraform's state in S3, locked by S3",
        decision: 'One encrypted bucket with versions and lock files, one state for each environment.',
      },
      {
        slug: 'terraform',
        title: 'Terraform',
        decision:
          'Modules with validated values, one root for each environment, tests with mocked providers.',
      },
    ],
    troubleshooting: troubleshooting(packageManager),
    requirements,
  }),
});
