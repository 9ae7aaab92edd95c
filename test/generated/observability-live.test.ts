import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { execute, node24Environment, renderInstalled, runNpm } from './support/example.ts';

const RULES = 'observability/prometheus/rules/service.yaml';
const DASHBOARD = 'observability/grafana/dashboards/service.json';

function replace(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('the trial with a running service', () => {
  it('names the rules and the panels that ask for what nobody exposes, and the runbook that is not there', async () => {
    const project = await renderInstalled(temporary());
    const built = await runNpm(['run', 'build'], project);
    if (built.status !== 0) throw new Error(built.output);
    const dashboard = join(project, DASHBOARD);
    replace(join(project, RULES), 'nodejs_eventloop_lag_p99_seconds', 'nodejs_eventloop_lag_p98_seconds');
    replace(join(project, RULES), 'runbooks/database-unreachable.md', 'runbooks/database-gone.md');
    replace(dashboard, 'http_server_active_requests', 'http_server_requests_in_flight');

    const { status, output } = await execute(['node', 'scripts/observability/live.mjs'], {
      cwd: project,
      env: await node24Environment(),
    });
    expect({ status, output }).toMatchObject({ status: 1 });
    expect(output).toContain(
      `${RULES}: EventLoopBlocked: nothing is called nodejs_eventloop_lag_p98_seconds`,
    );
    expect(output).toMatch(
      /dashboards\/service\.json: .+ [A-Z]: nothing is called http_server_requests_in_flight/,
    );
    expect(output).toContain('DatabaseUnreachable came without a runbook');
    expect(output.match(/nothing is called/g)).toHaveLength(2);
  });
});
