/**
 * The defects of the public reference (U1–U25 of the reference's inventory), and what keeps each of them out of a rendered project:
 * the tests that fail where it exists, and its fingerprint, which no file may bear.
 */
export interface Guarded {
  readonly id: string;
  readonly defect: string;
  /** Tests of the rendered project, as `path/of/file.ts: title of the test`. */
  readonly tests?: readonly string[];
  /** Checks of the rendered project (`npm run verify`), where it takes more than a test. */
  readonly checks?: readonly string[];
  readonly fingerprints?: readonly Fingerprint[];
}

export interface Fingerprint {
  /** The files that must not bear it. */
  readonly files: RegExp;
  readonly pattern: RegExp;
  /** How the defect looks: the pattern has to find it. */
  readonly sample: string;
}

/** A defect of a part that is not rendered yet: the issue with that part brings what guards against it. */
export interface Owed {
  readonly id: string;
  readonly defect: string;
  readonly part: 'infra' | 'observability' | 'workflows';
  readonly issue: 4 | 5 | 6;
}

const CODE = /^src\/.*(?<!\.spec)\.ts$/;
const EVERYWHERE = /./;

export const GUARDED: readonly Guarded[] = [
  {
    id: 'U1',
    defect: 'a user reads and overwrites what belongs to another',
    tests: [
      'test/todos.e2e-spec.ts: shows, changes and deletes nothing of another user',
      'test/preconditions.e2e-spec.ts: find nothing of another user, whatever version they name',
      'test/redis/cache.e2e-spec.ts: never answers one user with what belongs to another',
    ],
    fingerprints: [
      {
        files: /^src\/todos\/.*\.ts$/,
        pattern: /(find(One)?(By|OrFail)?|update|delete|softDelete)\((\{ where: )?\{ id \}/,
        sample: 'return this.todos.findOneBy({ id });',
      },
    ],
  },
  {
    id: 'U2',
    defect: 'readiness answers 200 whatever state the service is in',
    tests: [
      'test/outages.e2e-spec.ts: fails fast when the connections are cut, and recovers',
      'test/lifecycle.e2e-spec.ts: wants no traffic before its migrations are applied',
    ],
    fingerprints: [
      {
        files: /^src\/(common\/problem|health)\/.*\.ts$/,
        pattern: /\b(status|code)\(200\)|statusCode = 200/,
        sample: 'response.status(200).json(body);',
      },
    ],
  },
  {
    id: 'U3',
    defect: 'a change of the title reopens a completed todo',
    tests: ['test/todos.e2e-spec.ts: changes only the given fields: a title alone never resets completed'],
    fingerprints: [
      {
        files: /^src\/todos\/dto\/.*\.ts$/,
        pattern: /\bcompleted\??(: boolean)? = /,
        sample: 'completed: boolean = false;',
      },
    ],
  },
  {
    id: 'U4',
    defect: 'every mistake of a client is answered with 500',
    tests: [
      'test/errors.e2e-spec.ts: answers %s with %i as problem details',
      'test/errors.e2e-spec.ts: answers no input with a 5xx',
    ],
  },
  {
    id: 'U5',
    defect: 'a failed request is counted twice, once as successful, and the gauge goes below zero',
    tests: [
      'test/access-log.e2e-spec.ts: for %s (%s)',
      'test/access-log.e2e-spec.ts: where its client goes away in the middle of an answer, and those that wait behind it, too',
    ],
    fingerprints: [
      {
        files: /^src\/observability\/.*\.ts$/,
        pattern: /\bNestInterceptor\b/,
        sample: 'export class HttpMetricsInterceptor implements NestInterceptor {',
      },
    ],
  },
  {
    id: 'U6',
    defect: 'a client can create any number of series',
    tests: ['test/observability.e2e-spec.ts: keeps the number of series bounded'],
    fingerprints: [
      {
        files: /^src\/observability\/.*\.ts$/,
        pattern: /route.*(\?\?|\|\|)\s*\w+(\.raw)?\.url\b/,
        sample: 'const route = request.route?.path || request.url;',
      },
    ],
  },
  {
    id: 'U7',
    defect: 'an instance that stops refuses connections at once, and has no deadline',
    tests: [
      'test/lifecycle.e2e-spec.ts: drains on SIGTERM: readiness fails first, requests are still served, exit 0',
      'test/lifecycle.e2e-spec.ts: stops at the deadline, whatever hangs',
    ],
    checks: ['image'],
    fingerprints: [
      {
        files: CODE,
        pattern: /\b(onModuleDestroy|beforeApplicationShutdown)\(/,
        sample: 'async onModuleDestroy(): Promise<void> {',
      },
    ],
  },
  {
    id: 'U8',
    defect: 'all users behind a balancer share one rate limit, and probes are limited, too',
    tests: [
      'test/limits.e2e-spec.ts: limits each client by itself',
      'test/limits.e2e-spec.ts: believes only the last hop: a client can not choose its address',
      'test/limits.e2e-spec.ts: never limits probes and metrics',
    ],
    fingerprints: [
      {
        files: /^(package\.json|src\/.*)$/,
        pattern: /@nestjs\/throttler/,
        sample: "import { ThrottlerModule } from '@nestjs/throttler';",
      },
    ],
  },
  {
    id: 'U9',
    defect: 'errors show tables, constraints and queries to clients',
    tests: [
      'test/errors.e2e-spec.ts: says nothing of the database when a query fails',
      'test/errors.e2e-spec.ts: answers %s with %i as problem details',
    ],
    fingerprints: [
      {
        files: /^src\/common\/problem\/problem.*\.ts$/,
        pattern: /detail: .*\b(error|exception|driverError)\.(message|detail|query)\b/,
        sample: 'detail: error.message,',
      },
    ],
  },
  {
    id: 'U10',
    defect: 'what was written stays invisible in the cache',
    tests: [
      'test/redis/cache.e2e-spec.ts: shows a created, changed, completed and deleted todo at once, in lists and by itself',
      'test/redis/cache.e2e-spec.ts: shows what one instance writes at once on another',
    ],
    fingerprints: [
      {
        files: /^src\/redis\/(?!.*\.spec).*\.ts$/,
        pattern: /(?<!Object)\.keys\([^)]/,
        sample: 'const keys = await this.redis.keys(`todos:${userId}:*`);',
      },
    ],
  },
  {
    id: 'U11',
    defect: 'the gauge of a dependency is never set',
    tests: ['test/redis/cache.e2e-spec.ts: counts hits and misses, and says that it is there'],
    fingerprints: [
      {
        files: CODE,
        pattern: /\.path === '\/metrics'/,
        sample: "if (req.path === '/metrics') await this.update();",
      },
    ],
  },
  {
    id: 'U12',
    defect: 'metrics are public, and those of the database fail',
    tests: ['test/observability.e2e-spec.ts: shows probes and metrics on the management port only'],
    fingerprints: [
      {
        files: CODE,
        pattern: /pg_stat_statements|queryRawUnsafe/,
        sample: "await this.client.$queryRawUnsafe('SELECT query FROM pg_stat_statements');",
      },
    ],
  },
  {
    id: 'U13',
    defect: 'Redis is lost for ever after an outage of seconds',
    tests: [
      'test/redis/outage.e2e-spec.ts: uses Redis again without a restart, and serves nothing from before the outage',
    ],
    fingerprints: [
      {
        files: CODE,
        pattern: /retryStrategy[^,}]*\bnull\b/,
        sample: 'retryStrategy: (times) => (times > 3 ? null : times * 200),',
      },
    ],
  },
  {
    id: 'U14',
    defect: 'the compose project cannot start: it mounts files that are not there and needs a .env',
    checks: ['image'],
    fingerprints: [
      {
        files: /^compose\.yaml$/,
        pattern: /env_file|:latest\b|docker\.sock|- \.\//,
        sample: 'env_file: .env',
      },
    ],
  },
  {
    id: 'U15',
    defect: 'the image holds the settings and passwords of development',
    checks: ['image'],
    fingerprints: [
      { files: /^Dockerfile$/, pattern: /^COPY (.* )?(\.env|\. )/m, sample: 'COPY .env .env.common ./' },
    ],
  },
  {
    id: 'U15b',
    defect: 'migrating downloads a program while a release is being rolled out',
    tests: ['test/migrations.e2e-spec.ts: are applied once by migrators that start together'],
    checks: ['smoke', 'image'],
    fingerprints: [
      { files: /^package\.json$/, pattern: /"prisma"|@prisma\//, sample: '"@prisma/client": "7.8.0",' },
    ],
  },
  {
    id: 'U19',
    defect: 'TLS is not verified, for nothing that the process connects to',
    tests: ['src/database/data-source-options.spec.ts: use TLS in %s with DATABASE_TLS=%s: %j'],
    fingerprints: [
      {
        files: EVERYWHERE,
        pattern: /NODE_TLS_REJECT_UNAUTHORIZED|rejectUnauthorized: false/,
        sample: 'ENV NODE_TLS_REJECT_UNAUTHORIZED=0',
      },
    ],
  },
  {
    id: 'U23',
    defect:
      'a rotated password cuts the service off until it is deployed again, and it is the administrator’s',
    tests: [
      'test/outages.e2e-spec.ts: goes on with a new password, without a restart: requests, probes and the migrator',
      'src/database/data-source-options.spec.ts: give the migrator its own role',
    ],
  },
  {
    id: 'U17',
    defect: 'every branch of a repository may deploy to production',
    tests: ['infra/bootstrap/tests/trust.tftest.hcl: each_job_gets_its_roles_and_no_other'],
    fingerprints: [
      { files: /\.tf$/, pattern: /repo:[^"]*\*/, sample: '"repo:${var.owner}/${var.repository}:*"' },
    ],
  },
  {
    id: 'U18',
    defect: 'the registry deletes the image that is running',
    tests: ['infra/modules/registry/tests/registry.tftest.hcl: no_rule_expires_a_release'],
  },
  {
    id: 'U22',
    defect: 'the database has neither backups nor encryption nor a stand-by',
    tests: ['infra/modules/database/tests/database.tftest.hcl: is_protected'],
    checks: ['infra'],
    fingerprints: [
      {
        files: /\.tf$/,
        pattern: /(storage_encrypted|manage_master_user_password)\s*=\s*false|skip_final_snapshot\s*=\s*true/,
        sample: 'skip_final_snapshot = true',
      },
    ],
  },
  {
    id: 'U24',
    defect: 'the public listener has no TLS',
    tests: ['infra/modules/load-balancer/tests/load-balancer.tftest.hcl: clients_get_https_only'],
  },
  {
    id: 'U25',
    defect: 'SSH and dashboards are open to the internet',
    tests: [
      'infra/modules/load-balancer/tests/load-balancer.tftest.hcl: the_internet_reaches_80_and_443_only',
    ],
    checks: ['infra'],
    fingerprints: [{ files: /\.tf$/, pattern: /_port\s*=\s*22\b/, sample: 'from_port = 22' }],
  },
  {
    id: 'U16',
    defect: 'deployments and rollbacks run into each other, and print secrets',
    tests: [
      'deploy/workflows.spec.ts: keep releases and rollbacks of an environment apart, and never cancel one half-way',
      'deploy/core/preflight.spec.ts: waits for whoever is at work, but not for who was killed',
      'scripts/workflows/policy.spec.ts: an input in a script',
    ],
    checks: ['workflows'],
    fingerprints: [
      {
        files: /^\.github\/.*\.ya?ml$/,
        pattern: /\bcat \S*\.env\b|run: .*\$\{\{/,
        sample: 'run: cat .env',
      },
    ],
  },
  {
    id: 'U20',
    defect: 'a failed deployment is left half-way and called successful',
    tests: [
      'deploy/core/rollout.spec.ts: is no success where ECS went back, however stable it is',
      'deploy/core/migration.spec.ts: takes nothing but exit status 0 for success',
      'deploy/core/health.spec.ts: finds one bad answer among good ones',
    ],
    fingerprints: [
      {
        files: /^\.github\/.*\.ya?ml$|^deploy\//,
        pattern: /wait services-stable|waitUntilServicesStable|amazon-ecs-deploy-task-definition@/,
        sample: 'aws ecs wait services-stable --cluster todo',
      },
    ],
  },
  {
    id: 'U20b',
    defect: 'infrastructure and deployments undo each other’s task definitions',
    tests: [
      'deploy/core/task-definition.spec.ts: is the template with another image, and without the command of the placeholder',
    ],
    fingerprints: [
      {
        files: /^deploy\//,
        pattern: /DeregisterTaskDefinition/,
        sample: 'new DeregisterTaskDefinitionCommand({ taskDefinition })',
      },
    ],
  },
  {
    id: 'U21',
    defect: 'a rollback scales production down to one task',
    tests: ['deploy/cloud/ecs.spec.ts: is told what to run, and not how many'],
    fingerprints: [
      {
        files: /^\.github\/.*\.ya?ml$|^deploy\/cloud\//,
        pattern: /--desired-count|desiredCount:/,
        sample: 'aws ecs update-service --desired-count 1',
      },
    ],
  },
];

export const OWED: readonly Owed[] = [
  {
    id: 'U14',
    defect: 'the configuration of the monitoring stack is not where compose looks for it',
    part: 'observability',
    issue: 5,
  },
  { id: 'U23', defect: 'the password that rotates is fixed in the task', part: 'infra', issue: 4 },
];
