/** A mistake in what watches the service, and the words with which `verify:observability` refuses it. */
export interface Mistake {
  readonly mistake: string;
  readonly file: string;
  /** What is replaced: the first place where it stands. */
  readonly text: string;
  readonly by: string;
  /** What is on the line that the check names, after the change; or nothing, where it names a file alone. */
  readonly line?: string;
  /** Where the check says it, if not where it was made. */
  readonly at?: string;
  readonly refusal: string;
}

const RULES = 'observability/prometheus/rules';
const ALERTMANAGER = 'observability/alertmanager/alertmanager.yml';

/** All of them can be made at once: each is told for itself. */
export const MISTAKES: readonly Mistake[] = [
  {
    mistake: 'an objective of 100 %',
    file: 'observability/slo.yaml',
    text: 'targetPercent: 99.9',
    by: 'targetPercent: 100',
    line: 'targetPercent: 100',
    refusal: 'objectives.0.targetPercent must be < 100: change it',
  },
  {
    mistake: 'a rule that is no PromQL',
    file: `${RULES}/infrastructure.yaml`,
    text: 'expr: node_memory_MemAvailable_bytes / ',
    by: 'expr: node_memory_MemAvailable_bytes / / ',
    line: 'expr: node_memory_MemAvailable_bytes / / ',
    refusal: 'could not parse expression',
  },
  {
    mistake: 'an alert that has to wait longer than its test allows',
    file: `${RULES}/service.yaml`,
    text: 'for: 2m',
    by: 'for: 5m',
    at: 'observability/prometheus/tests/service.yaml',
    refusal: 'alertname: ServiceDown, time: 7m',
  },
  {
    mistake: 'an alert without a severity',
    file: `${RULES}/database.yaml`,
    text: 'labels: { severity: ticket }',
    by: 'labels: { urgency: high }',
    line: 'alert: PostgresDown',
    refusal: 'PostgresDown needs a label severity: page, ticket, none',
  },
  {
    mistake: 'an alert without a runbook',
    file: `${RULES}/meta.yaml`,
    text: 'runbooks/rules-fail.md',
    by: 'runbooks/rules-break.md',
    line: 'alert: RulesFail',
    refusal: 'RulesFail has a runbook that does not exist: write docs/runbooks/rules-break.md',
  },
  {
    mistake: 'an alert that links to no dashboard',
    file: `${RULES}/database.yaml`,
    text: '/d/database?',
    by: '/d/postgres?',
    line: 'alert: PostgresDown',
    refusal: 'PostgresDown links to a dashboard that does not exist, postgres',
  },
  {
    mistake: 'an alert without a test',
    file: `${RULES}/service.yaml`,
    text: 'alert: EventLoopBlocked',
    by: 'alert: EventLoopLate',
    line: 'alert: EventLoopLate',
    refusal: 'EventLoopLate needs a test in observability/prometheus/tests in which it fires',
  },
  {
    mistake: 'a runbook that does not say what to do',
    file: 'docs/runbooks/no-traffic.md',
    text: '## Mitigate',
    by: '## Hope',
    at: `${RULES}/service.yaml`,
    line: 'alert: NoTraffic',
    refusal: 'NoTraffic has a runbook without the section "## Mitigate": docs/runbooks/no-traffic.md',
  },
  {
    mistake: 'a query in a runbook that is no PromQL',
    file: 'docs/runbooks/target-down.md',
    text: 'up == 0',
    by: 'up = 0',
    line: 'up = 0',
    refusal: 'unexpected expression at "up = 0"',
  },
  {
    mistake: 'a command in a runbook for a container that there is not',
    file: 'docs/runbooks/queries-slow.md',
    text: 'docker compose exec postgres',
    by: 'docker compose exec database',
    line: 'docker compose exec database',
    refusal: 'there is no service database in compose.yaml: correct it',
  },
  {
    mistake: 'a receiver that is not defined',
    file: ALERTMANAGER,
    text: 'receiver: pager',
    by: 'receiver: phone',
    line: 'receiver: phone',
    refusal: 'there is no receiver phone: define it, or write one of pager, tickets, dead-man',
  },
  {
    mistake: 'an inhibition of an alert that there is not',
    file: ALERTMANAGER,
    text: 'alertname = "MigrationFailed"',
    by: 'alertname = "MigrationBroke"',
    line: 'alertname = "MigrationBroke"',
    refusal: 'there is no alert MigrationBroke: correct or remove it',
  },
];

/** Those that hide behind others: each is made alone. */
export const LONELY_MISTAKES: readonly Mistake[] = [
  {
    mistake: 'pages that go to the tickets',
    file: ALERTMANAGER,
    text: 'receiver: pager',
    by: 'receiver: tickets',
    at: `${RULES}/service.yaml`,
    line: 'alert: ServiceDown',
    refusal: 'alertname=ServiceDown severity=page should reach pager',
  },
  {
    mistake: 'an objective without its rules',
    file: 'observability/slo.yaml',
    text: 'targetPercent: 99.9',
    by: 'targetPercent: 99.5',
    at: `${RULES}/slo.yaml`,
    refusal: 'is not what observability/slo.yaml says. Run: node --run slo',
  },
];
