import { readTestOutput } from './test-output.mjs';

const lines = (...messages: object[]) => messages.map((message) => JSON.stringify(message)).join('\n');

describe('readTestOutput', () => {
  it('counts the runs that passed', () => {
    const text = lines(
      { '@level': 'info', test_run: { run: 'plan', progress: 'starting' } },
      { '@level': 'info', test_run: { run: 'plan', progress: 'complete', status: 'pass' } },
      { '@level': 'info', test_run: { run: 'apply', progress: 'complete', status: 'fail' } },
    );
    expect(readTestOutput(text)).toEqual({ passed: 1, problems: [], states: [] });
  });

  it('gives the state that an apply left', () => {
    const state = { root_module: { resources: [] } };
    expect(readTestOutput(lines({ type: 'test_state', test_state: state })).states).toEqual([state]);
  });

  it('says where an assertion failed', () => {
    const text = lines({
      '@testfile': 'tests/network.tftest.hcl',
      '@testrun': 'plan',
      diagnostic: {
        severity: 'error',
        summary: 'Test assertion failed',
        detail: 'Tasks are in private subnets.',
        range: { filename: 'tests/network.tftest.hcl', start: { line: 12 } },
      },
    });
    expect(readTestOutput(`Terraform\n${text}`).problems).toEqual([
      'tests/network.tftest.hcl:12, tests/network.tftest.hcl run "plan": Test assertion failed\nTasks are in private subnets.',
    ]);
  });

  it('does not mind warnings', () => {
    expect(readTestOutput(lines({ diagnostic: { severity: 'warning', summary: 'Old' } })).problems).toEqual(
      [],
    );
  });
});
