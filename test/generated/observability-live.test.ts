import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { execute, node24Environment, renderInstalled, runNpm } from './support/example.ts';

const RULES = 'observability/prometheus/rules/service.yaml';
const DASHBOARDS = 'observability/grafana/dashboards';

function replace(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('the trial with a running service', () => {
  it('names the rules and the panels that ask for metrics and labels that nobody exposes, the panel that is empty while all is well, and the runbook that is not there', async () => {
    const project = await renderInstalled(temporary());
    const built = await runNpm(['run', 'build'], project);
    if (built.status !== 0) throw new Error(built.output);
    replace(join(project, RULES), 'nodejs_eventloop_lag_p99_seconds', 'nodejs_eventloop_lag_p98_seconds');
    replace(join(project, RULES), '(db_migrations_pending)', '(db_migrations_pending{schema!="old"})');
    replace(join(project, RULES), 'runbooks/database-unreachable.md', 'runbooks/database-gone.md');
    const dashboards = join(project, DASHBOARDS);
    replace(
      join(dashboards, 'service.json'),
      'http_server_active_requests',
      'http_server_requests_in_flight',
    );
    // What fails would be zero while nothing does.
    const failures = 'outcome=\\"error\\"}[$__rate_interval]))"';
    replace(join(dashboards, 'database.json'), failures, failures.replace('))"', ')) > 0"'));

    const { status, output } = await execute(['node', 'scripts/observability/live.mjs'], {
      cwd: project,
      env: await node24Environment(),
    });
    expect({ status, output }).toMatchObject({ status: 1 });
    expect(output).toMatch(
      /rules\/service\.yaml:\d+: EventLoopBlocked: nothing is called nodejs_eventloop_lag_p98_seconds/,
    );
    expect(output).toMatch(
      /rules\/service\.yaml:\d+: MigrationsPending: no db_migrations_pending has the label schema/,
    );
    expect(output).toMatch(
      /dashboards\/service\.json \(\S+service\.ts:\d+\): Requests in progress [A-Z]: nothing is called http_server_requests_in_flight/,
    );
    expect(output).toMatch(
      /dashboards\/database\.json \(\S+database\.ts:\d+\): Failures [A-Z]: no data while all is well/,
    );
    expect(output).toContain('DatabaseUnreachable came without a runbook');
    expect(output.match(/nothing is called/g)).toHaveLength(2);
  });
});
