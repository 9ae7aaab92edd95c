import type { Requirement } from 'create-prod-forge/feature';

const area = 'Infrastructure';
const check = 'infra';

/** A test of Terraform, or the rule of the policy that says it. */
const row = (id: string, requirement: string, test: string): Requirement => ({
  id,
  area,
  requirement,
  check,
  test,
});

const modules = 'infra/modules';
const policy = 'scripts/infra/policy';

export const requirements: readonly Requirement[] = [
  row(
    'A1',
    'Versions are pinned, and providers locked for every platform',
    'scripts/infra/lock-files.spec.ts: refuses a lock file of one platform',
  ),
  row(
    'A2',
    'The state is in S3, encrypted, and locked by a file',
    `${policy}/rules-configuration.mjs: A2: the state of a root is in S3, encrypted, with a lock file, where its role reaches it`,
  ),
  row(
    'A3',
    'The bucket of the state is private, encrypted, versioned, TLS only and never destroyed',
    'infra/bootstrap/tests/bootstrap.tftest.hcl: the_state_is_kept_safe',
  ),
  {
    id: 'A4',
    area,
    requirement: 'The tests of the infrastructure need no account, and find none',
    check: 'unit',
    test: 'scripts/infra/terraform.spec.ts: finds no account, whoever runs it',
  },
  row(
    'A5',
    'No right is given by a wildcard, but where AWS has no resource to name, and a comment says so',
    `${policy}/rules-rights.mjs: A5, A6, A7: what is allowed is named`,
  ),
  row(
    'A6',
    'Roles are passed on by name, to a named service',
    'infra/bootstrap/tests/policies.tftest.hcl: roles_are_passed_to_named_services',
  ),
  row(
    'A7',
    'GitHub is trusted for one environment of one repository, in both forms of its subject',
    'infra/bootstrap/tests/trust.tftest.hcl: each_job_gets_its_roles_and_no_other',
  ),
  row(
    'A8',
    'Only jobs of an environment change it; pull requests plan',
    'infra/bootstrap/tests/trust.tftest.hcl: each_job_gets_its_roles_and_no_other',
  ),
  row(
    'A9',
    'A bad release is rolled back by a circuit breaker and by alarms, and takes no capacity away',
    `${modules}/service/tests/service.tftest.hcl: a_bad_release_is_rolled_back`,
  ),
  row(
    'A10',
    'Terraform and releases do not undo each other',
    `${policy}/rules-service.mjs: A10: Terraform and releases do not fight`,
  ),
  row(
    'A11',
    'In the middle of a release, the tasks find free connections',
    `${modules}/environment/tests/refused/connections.tftest.hcl: more_connections_than_the_database_accepts`,
  ),
  row(
    'A12',
    'The database of production is encrypted, private, redundant, backed up, and has no password in the state',
    `${policy}/rules-data.mjs: A12: the database of production survives the loss of a zone, and a wrong click`,
  ),
  row(
    'A13',
    'Containers run unprivileged on a read-only file system, and secrets are not in the clear',
    `${modules}/service/tests/tasks.tftest.hcl: the_container_is_confined`,
  ),
  row(
    'A14',
    'The timeouts of balancer, tasks and service nest',
    `${modules}/environment/tests/environment.tftest.hcl: timeouts_come_from_the_service`,
  ),
  row(
    'A15',
    'Nothing but the balancer, on 80 and 443, is open to the world',
    `${policy}/rules-edge.mjs: A15: nothing but the balancer is open to the world`,
  ),
  row(
    'A16',
    'Images can not be moved, are scanned, and stay as long as a rollback may need them',
    `${modules}/registry/tests/registry.tftest.hcl: no_rule_expires_a_release`,
  ),
  row(
    'A17',
    'Every log has a retention and a key',
    `${policy}/rules-data.mjs: A17: logs end, and are encrypted`,
  ),
  {
    id: 'A18',
    area,
    requirement: 'What a scanner asks is met, or skipped where it is written, with a reason',
    check: 'unit',
    test: 'scripts/infra/policy/checkov.spec.ts: is skipped nowhere else',
  },
  {
    id: 'A20',
    area,
    requirement: 'What each environment costs a month is said, with what it assumes, and how to remove it',
    check: 'unit',
    test: 'scripts/infra/costs.spec.ts: add up, for each environment',
  },
  {
    id: 'A21',
    area,
    requirement: 'A pull request shows its plan, and what is applied is the saved plan of that commit',
    check: 'unit',
    test: 'scripts/infra/workflows.spec.ts: the saved plan of the same commit, and no other',
  },
  row(
    'D13',
    'In AWS, logs have few labels, and Loki deletes them when it should',
    `${modules}/observability/tests/observability.tftest.hcl: logs_reach_loki`,
  ),
  row(
    'A19',
    'A change that would replace the database is refused',
    `${modules}/database/tests/refused/replacement.tftest.hcl: its_replacement_is_planned`,
  ),
  {
    id: 'A22',
    area,
    requirement:
      'The service logs in to its database with a token of IAM for each connection, and never in the clear',
    check: 'rds',
    test: 'test/rds/login.e2e-spec.ts: lets the service in with a token of its own for each connection, signed with the role of the task',
  },
  {
    id: 'A23',
    area,
    requirement: 'The variables of the tasks are those that the code reads',
    check: 'unit',
    test: 'scripts/infra/task-environment.spec.ts: are all known to the code: %s',
  },
  {
    id: 'A24',
    area,
    requirement: 'Images have a version, and the update bot adds their digest',
    check: 'unit',
    test: 'scripts/infra/images.spec.ts: are all kept by the update bot, which adds their digests',
  },
  row(
    'A25',
    'The tasks of service and migration reach the database, and nobody else',
    `${policy}/rules-edge.mjs: A15: the tasks reach the database, and nobody else`,
  ),
];
