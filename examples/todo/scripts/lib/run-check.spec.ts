import { runCheck } from './run-check.mjs';
import { markdownReport, terminalReport } from './verify-report.mjs';

const exits = (status: number) => `node -e console.log("because");process.exitCode=${status}`;

describe('runCheck', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    [0, false, 'passed', ''],
    [1, false, 'failed', 'exit status 1'],
    [77, false, 'skipped', 'because'],
    [77, true, 'failed', 'skipped, which CI does not allow: because'],
    [78, true, 'not applicable', 'because'],
  ])('takes exit status %i (strict: %s) for %s', async (exit, strict, status, reason) => {
    expect(await runCheck(exits(exit), { strict })).toMatchObject({ status, reason });
  });

  it('ends up in both reports', () => {
    const result = {
      id: 'unit',
      title: 'Unit',
      command: 'x',
      claims: ['It works'],
      status: 'passed',
      reason: '',
      seconds: 1,
    } as const;
    const results = [{ ...result, claims: [...result.claims] }];
    const requirement = { id: 'X1', area: 'Work', requirement: 'It has to work', check: 'unit' };
    const requirements = [requirement, { ...requirement, id: 'X2', check: 'not run' }];
    const [terminal, markdown] = [
      terminalReport(results, requirements),
      markdownReport(results, requirements),
    ];
    expect(terminal).toContain('1 passed.');
    expect(terminal).toContain('X1    It has to work (unit)');
    expect(markdown).toContain('| It works | unit | proven |');
    expect(markdown).toContain('| X1 | Work | It has to work | unit | met |');
    expect(terminal + markdown).not.toContain('X2');
  });
});
