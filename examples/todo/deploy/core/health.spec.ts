import { definition } from '#deploy/core/examples';
import { findingsOf, type Answer, type Expected, type Look } from '#deploy/core/health';

const DIGEST = `sha256:${'1'.repeat(64)}`;
const version = { commit: 'c'.repeat(40), schema: 'CreateTodos1760000000000' };
const expected: Expected = {
  taskDefinition: definition(2),
  container: 'app',
  desiredCount: 2,
  digests: [DIGEST],
  version,
};
const good: Answer = { status: 200, commit: version.commit, schemaVersion: version.schema };
const healthy = { Target: { Id: '10.0.0.1' }, TargetHealth: { State: 'healthy' as const } };
const task = {
  lastStatus: 'RUNNING',
  taskDefinitionArn: definition(2),
  containers: [{ name: 'app', imageDigest: DIGEST }],
};
const well: Look = { targets: [healthy, healthy], tasks: [task, task], answers: [good, good], alarms: [] };
const texts = (different: Partial<Look>, wanted: Partial<Expected> = {}) =>
  findingsOf({ ...well, ...different }, { ...expected, ...wanted }).map(
    ({ kind, text }) => `${kind}: ${text}`,
  );

describe('a service that is well', () => {
  it('has nothing to be found', () => {
    expect(texts({})).toEqual([]);
  });

  it('may have targets that leave, and more tasks than it should', () => {
    const leaving = { Target: { Id: '10.0.0.9' }, TargetHealth: { State: 'draining' as const } };
    expect(texts({ targets: [healthy, healthy, leaving], tasks: [task, task, task] })).toEqual([]);
  });

  it('may run the image of a platform, or one that is not known', () => {
    const platform = { ...task, containers: [{ name: 'app', imageDigest: 'sha256:platform' }] };
    expect(texts({ tasks: [platform, platform] }, { digests: [DIGEST, 'sha256:platform'] })).toEqual([]);
    expect(texts({ tasks: [platform, platform] }, { digests: [] })).toEqual([]);
  });

  it('need not know a version where it runs what is no release', () => {
    expect(texts({ answers: [{ status: 404 }] }, { version: undefined })).toEqual([]);
  });
});

describe('a service that is not well', () => {
  it('finds one bad answer among good ones', () => {
    expect(texts({ answers: [good, { status: 502 }, good] })).toEqual(['answer: /version answers 502']);
  });

  it.each<readonly [string, Answer, string]>([
    ['another commit', { ...good, commit: 'd'.repeat(40) }, `says commit ${'d'.repeat(40)}`],
    ['no commit', { status: 200 }, 'says commit nothing'],
    ['another schema', { ...good, schemaVersion: 'none' }, 'says schema none'],
    ['no answer', { unreachable: 'ECONNREFUSED' }, 'does not answer: ECONNREFUSED'],
  ])('finds %s', (_, answer, text) => {
    expect(texts({ answers: [answer] })).toEqual([expect.stringContaining(text)]);
  });

  it('does not ask for a schema that may be half-way between two', () => {
    expect(
      texts({ answers: [{ ...good, schemaVersion: 'x' }] }, { version: { ...version, schema: undefined } }),
    ).toEqual([]);
  });

  it('finds targets that are sick, and targets that are missing', () => {
    const sick = {
      Target: { Id: '10.0.0.2' },
      TargetHealth: { State: 'unhealthy' as const, Description: '503' },
    };
    expect(texts({ targets: [healthy, sick] })).toEqual([
      'targets: 10.0.0.2 is unhealthy: 503',
      'targets: the balancer has 1 healthy of 2 targets',
    ]);
  });

  it('finds tasks of another revision, of another image, and tasks that are missing', () => {
    const other = { ...task, taskArn: 'other', taskDefinitionArn: definition(1) };
    expect(texts({ tasks: [task, other] })).toEqual([
      `tasks: other runs ${definition(1)}`,
      'tasks: 1 of 2 tasks run the release',
    ]);
    const wrong = { ...task, taskArn: 'wrong', containers: [{ name: 'app', imageDigest: 'sha256:no' }] };
    expect(texts({ tasks: [task, wrong] })).toEqual(['answer: wrong runs the image sha256:no']);
  });

  it('finds tasks that do not say which image they run, where that matters', () => {
    const silent = { ...task, taskArn: 'silent', containers: [{ name: 'app' }] };
    const another = { ...task, taskArn: 'another', containers: [{ name: 'sidecar', imageDigest: DIGEST }] };
    expect(texts({ tasks: [silent, another] })).toEqual([
      'tasks: silent does not say which image it runs',
      'tasks: another does not say which image it runs',
    ]);
    expect(texts({ tasks: [silent, another] }, { digests: [] })).toEqual([]);
  });

  it('finds alarms', () => {
    expect(texts({ alarms: ['errors'] })).toEqual(['alarm: the alarm errors sounds']);
  });
});
