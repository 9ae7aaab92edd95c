import { reportOf, verdictOf } from './plan-report.mjs';

describe('the report of a plan', () => {
  it('tells changes from a failure', () => {
    expect([0, 1, 2, null].map(verdictOf)).toEqual([
      'nothing to change',
      'the plan failed',
      'changes',
      'the plan failed',
    ]);
  });

  it('is short where there is nothing to change', () => {
    expect(reportOf('staging', 0, 'No changes.')).toBe('## Terraform, staging: nothing to change\n');
  });

  it('shows the plan, and nothing in it ends the block', () => {
    expect(reportOf('staging', 2, '+ ```\n')).toContain('````text\n+ ```\n````');
  });

  it('fits into a comment, with the end of the plan', () => {
    const report = reportOf('staging', 2, `${'x'.repeat(100_000)}\nPlan: 1 to add.`);
    expect(report.length).toBeLessThan(65_536);
    expect(report).toContain('Plan: 1 to add.');
  });
});
