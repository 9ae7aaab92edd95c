import { build, NOW, release, service } from '#deploy/core/examples';
import { problemsOfDeploy, problemsOfRollback, resumable, type Facts } from '#deploy/core/preflight';

const SECOND = 'AddPriority1770000000000';
const THIRD = 'AddLabels1780000000000';
const next = build('2.0.0');
const facts: Facts = { service: service(1), releases: [release(1)], build: next, sounding: [], now: NOW };
const strict = { takeOver: false, despiteAlarms: false };
const codes = (different: Partial<Facts>, choices = strict) =>
  problemsOfDeploy({ ...facts, ...different }, next.digest, choices).map(({ code }) => code);
const lastBeat = (seconds: number) => new Date(NOW.getTime() - seconds * 1000).toISOString();

describe('a release', () => {
  it('may begin where all is well', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ releases: [] })).toEqual([]);
  });

  it.each<readonly [string, Partial<Facts>]>([
    ['image-missing', { build: undefined }],
    ['service-missing', { service: undefined }],
    ['service-inactive', { service: service(1, { status: 'DRAINING' }) }],
    ['service-scaled-to-zero', { service: service(1, { desiredCount: 0 }) }],
    ['rollout-under-way', { service: service(1, { deployments: [{ rolloutState: 'IN_PROGRESS' }] }) }],
    ['alarm-sounds', { sounding: ['errors'] }],
  ])('is refused: %s', (code, different) => {
    expect(codes(different)).toEqual([code]);
  });

  it('is told everything that is wrong at once', () => {
    expect(codes({ build: undefined, sounding: ['errors'] })).toEqual(['image-missing', 'alarm-sounds']);
  });

  it('waits for whoever is at work, but not for who was killed', () => {
    const running = (seconds: number) => [
      release(1),
      release(2, { state: 'running', updatedAt: lastBeat(seconds) }),
    ];
    expect(codes({ releases: running(119) })).toEqual(['under-way']);
    expect(codes({ releases: running(120) })).toEqual([]);
    expect(codes({ releases: running(1) }, { ...strict, takeOver: true })).toEqual([]);
  });

  it('may correct what an alarm sounds for', () => {
    expect(codes({ sounding: ['errors'] }, { ...strict, despiteAlarms: true })).toEqual([]);
  });

  it('is refused where what runs could not run on its schema', () => {
    expect(codes({ build: build('3.0.0', { schema: THIRD, oldestCode: SECOND }) })).toEqual([
      'schema-incompatible',
    ]);
    expect(codes({ build: build('2.0.0', { schema: SECOND }) })).toEqual([]);
  });

  it('is refused where the database has what it was not shown to work with', () => {
    const releases = [release(1), release(2, { schema: THIRD, oldestCode: SECOND })];
    expect(codes({ releases })).toEqual(['schema-incompatible']);
    expect(codes({ releases: [release(1), release(2, { schema: SECOND })] })).toEqual([]);
  });

  it('counts migrations that a release began to apply, though it failed', () => {
    const failed = (step: 'migrate' | 'snapshot') =>
      release(2, { schema: THIRD, oldestCode: SECOND, state: 'failed', step, migrated: false });
    expect(codes({ releases: [release(1), failed('migrate')] })).toEqual(['schema-incompatible']);
    expect(codes({ releases: [release(1), failed('snapshot')] })).toEqual([]);
  });
});

describe('a release that was left half-way', () => {
  const left = release(2, { state: 'unfinished', digest: next.digest });

  it('is gone on with where ECS was told to run it', () => {
    expect(resumable([release(1), left], next.digest, service(2))).toBe(left);
    const unsettled = service(2, { deployments: [{ rolloutState: 'IN_PROGRESS' }] });
    expect(codes({ releases: [release(1), left], service: unsettled })).toEqual([]);
  });

  it.each([
    ['ECS runs something else', [left], next.digest, 1],
    ['another image is wanted', [left], 'sha256:other', 2],
    ['something came after it', [left, release(3)], next.digest, 2],
    ['it was finished', [release(2, { digest: next.digest })], next.digest, 2],
  ] as const)('is begun anew where %s', (_, releases, digest, revision) => {
    expect(resumable(releases, digest, service(revision))).toBeUndefined();
  });
});

describe('a rollback', () => {
  const to = (different: Partial<Facts>, isActive = true, target = release(1)) =>
    problemsOfRollback({ ...facts, build: target, ...different }, target, isActive, strict).map(
      ({ code }) => code,
    );

  it('may begin although alarms sound and ECS replaces tasks', () => {
    const unsettled = service(2, { deployments: [{ rolloutState: 'IN_PROGRESS' }] });
    expect(to({ sounding: ['errors'], service: unsettled })).toEqual([]);
  });

  it('refuses to go back to what can not run', () => {
    expect(to({ build: undefined })).toEqual(['image-missing']);
    expect(to({}, false)).toEqual(['revision-inactive']);
    const releases = [
      release(1),
      release(2, { schema: SECOND }),
      release(3, { schema: THIRD, oldestCode: SECOND }),
    ];
    expect(to({ releases })).toEqual(['schema-incompatible']);
    expect(to({ releases }, true, release(2, { schema: SECOND }))).toEqual([]);
  });

  it('waits for whoever is at work', () => {
    const releases = [release(1), release(2, { state: 'running', updatedAt: lastBeat(5) })];
    expect(to({ releases })).toEqual(['under-way']);
  });
});
