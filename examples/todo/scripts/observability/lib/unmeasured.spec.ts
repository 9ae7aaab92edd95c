import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ofDashboards, ofRules } from '../live/questions.mjs';
import { leftToContainers, unmeasuredProblems, type Unmeasured } from './unmeasured.mjs';

const FILE = 'observability/unmeasured.yaml';
const unmeasured = parse(readFileSync(FILE, 'utf8')) as Unmeasured[];
const questions = [...ofRules(), ...ofDashboards({ service: 'todo', environment: 'local' })];
const ask = (expression: string) => ({ where: 'a panel', expression, kind: 'value' as const });

describe('what is not measured without containers', () => {
  it('is asked for by something', () => {
    expect(unmeasuredProblems(questions, unmeasured)).toEqual([]);
  });

  it('is refused when nothing asks for it any more', () => {
    expect(unmeasuredProblems(questions, [{ metrics: '\\bno_such_metric', reason: 'none' }])).toEqual([
      'nothing asks for \\bno_such_metric',
    ]);
  });

  it('is asked where containers are', () => {
    const panels = leftToContainers(questions, unmeasured).map(({ where }) => where);
    expect(panels).toContainEqual(expect.stringContaining('CPU by container'));
    expect(panels).toContainEqual(expect.stringContaining('Lines that Alloy sends'));
  });

  it('is not asked where it has not happened', () => {
    const container = ask('container_a');
    expect(
      leftToContainers(
        [ask('up'), container, ask('loki_b')],
        [
          { metrics: '\\bcontainer_', reason: 'none runs' },
          { metrics: '\\bloki_', reason: 'it does not run' },
          { metrics: '\\bloki_b', reason: 'nothing is refused', compose: false },
        ],
      ),
    ).toEqual([container]);
  });
});
