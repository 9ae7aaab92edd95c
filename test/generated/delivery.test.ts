import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { Environment, finished, renderCommands, type Settings } from './support/aws/environment.ts';
import { AwsFailure } from './support/aws/failure.ts';
import { FIRST_SCHEMA, image, platformDigest, sha, type Image } from './support/aws/images.ts';
import { Grafana } from './support/grafana.ts';
import type { Operations } from './support/aws/operations.ts';
import { ALARMS, REPOSITORY, NAME } from './support/aws/world.ts';

const SECOND_SCHEMA = 'AddPriority1770000000000';
const THIRD_SCHEMA = 'AddLabels1780000000000';
const [ERRORS = ''] = ALARMS;
/** The exit statuses, as `--help` lists them. */
const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  migrationFailed: 4,
  rolledBack: 5,
  broken: 6,
  superseded: 7,
  accessLost: 8,
  interrupted: 130,
};

let project: string;
let environment: Environment;

beforeAll(async () => {
  project = await renderCommands();
});

afterEach(async () => {
  await environment.stop();
});

/** An environment in which 1.0.0 was released. */
async function begin(settings: Partial<Settings> = {}): Promise<Environment> {
  environment = await Environment.start(project, settings);
  environment.released(image('1.0.0'));
  return environment;
}

/** What changes something, of what was called. */
function changes(): readonly string[] {
  const changing: readonly string[] = [
    'PutParameter',
    'PutImage',
    'RunTask',
    'RegisterTaskDefinition',
    'UpdateService',
  ];
  return environment.aws.calls.filter((name) => changing.includes(name));
}

async function expectRefused(pushed: Image, code: string, ...flags: readonly string[]): Promise<void> {
  const { status, stdout } = await environment.deploy(pushed, ...flags);
  expect(stdout).toContain(`[${code}]`);
  expect(stdout).toContain('Nothing was changed.');
  expect(status).toBe(EXIT.refused);
  expect(changes()).toEqual([]);
}

async function expectRolledBack(bad: Image, reason: RegExp): Promise<void> {
  const { status, stdout } = await environment.deploy(bad);
  expect(stdout).toMatch(reason);
  expect(stdout).toMatch(/Revision \d+ failed and was rolled back: revision \d+ runs, and was verified\./);
  expect(status).toBe(EXIT.rolledBack);
  expect(environment.runs).toBe('1.0.0');
  expect(environment.releases.at(-1)).toMatchObject({ version: bad.name, state: 'rolled-back' });
}

describe('a release', () => {
  it('replaces the placeholder, and says what runs', async () => {
    environment = await Environment.start(project);
    const first = environment.world.push(image('1.0.0'));
    const { status, stdout } = await environment.deploy(first);
    expect(stdout).toMatch(/1\.0\.0 \([0-9a-f]{12}\) runs as revision 1, and was verified\./);
    expect(status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.0.0');
    expect(stdout).toContain(`| migrating to ${FIRST_SCHEMA}`);
    const [made] = environment.releases;
    // The other tests put releases in place without the command: they have to look like its own.
    const copied = (await begin()).releases[0];
    expect(Object.keys({ ...copied, deployment: '' }).sort()).toEqual(Object.keys(made ?? {}).sort());
  });

  it('takes the newest template with the image, without the command of the placeholder', async () => {
    const { world, aws } = await begin();
    const next = world.push(image('1.1.0'));
    await environment.deploy(next);
    const service = world.definitions.get(world.primary.taskDefinition ?? '');
    expect(service).toMatchObject({ family: NAME, taskRoleArn: expect.stringMatching(/todo-staging-task$/) });
    expect(service?.containerDefinitions).toEqual([
      { name: 'app', image: `${REPOSITORY}@${next.digest}`, essential: true },
    ]);
    const [migration] = [...world.migrations.values()].map(({ task }) =>
      world.definitions.get(task.taskDefinitionArn ?? ''),
    );
    expect(migration?.containerDefinitions).toEqual([
      { name: 'app', image: `${REPOSITORY}@${next.digest}`, command: ['node', 'dist/database/migrate.js'] },
    ]);
    // What can't expire any more, in the order in which it has to happen.
    expect([...world.tags.values()]).toEqual([next.digest]);
    const order = changes().filter((name) => name !== 'PutParameter');
    expect(order).toEqual([
      'PutImage',
      'RegisterTaskDefinition',
      'RunTask',
      'RegisterTaskDefinition',
      'UpdateService',
    ]);
    expect(aws.calls).not.toContain('CreateDBSnapshot');
  });

  it('copies the database first where that is configured', async () => {
    const { world, aws } = await begin({ snapshot: true });
    const { status } = await environment.deploy(world.push(image('1.1.0')));
    expect(status).toBe(EXIT.done);
    expect([...world.snapshots.keys()]).toEqual([`${NAME}-release-2`]);
    expect(aws.calls.indexOf('CreateDBSnapshot')).toBeLessThan(aws.calls.indexOf('RunTask'));
  });

  it('accepts the digest of a platform from its tasks', async () => {
    const { world } = await begin();
    const next = world.push(image('1.1.0', { reportedDigest: platformDigest('1.1.0') }));
    expect((await environment.deploy(next)).status).toBe(EXIT.done);
  });

  it('changes nothing with --dry-run, and prints the plan', async () => {
    const { world } = await begin({ snapshot: true });
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')), '--dry-run');
    expect(status).toBe(EXIT.done);
    for (const step of [
      'Keep the image',
      'Copy the database',
      'Migrate',
      'Register',
      'in place of revision 1',
      'Verify',
    ])
      expect(stdout).toContain(step);
    expect(changes()).toEqual([]);
  });

  it('says how it ended to machines, and to the summary of a job', async () => {
    const { world } = await begin();
    const summary = join(temporary(), 'summary.md');
    const bad = world.push(image('1.1.0', { starts: 'never' }));
    const child = await environment.start('deploy', ['--image', bad.digest, '--json'], {
      GITHUB_STEP_SUMMARY: summary,
    });
    const { stdout, stderr, status } = await finished(child);
    expect(JSON.parse(stdout)).toMatchObject({
      ending: 'rolled-back',
      status,
      release: { version: '1.1.0', revision: 2 },
      record: {
        environment: 'staging',
        kind: 'deploy',
        result: 'rolled-back',
        version: '1.1.0',
        commit: bad.commit,
        from: 1,
        to: 2,
        startedAt: expect.any(String),
        endedAt: expect.any(String),
        durationSeconds: expect.any(Number),
        by: 'tester',
      },
    });
    expect(stderr).toContain('Migrate the database');
    expect(readFileSync(summary, 'utf8')).toMatch(
      /^## ❌ deploy staging\n\nRevision 2 failed and was rolled back[^]*What to do:/,
    );
  });

  it('is used as users use it, and leaves no todo', async () => {
    const { world, aws } = await begin();
    expect((await environment.deploy(world.push(image('1.1.0')))).status).toBe(EXIT.done);
    expect(new Set(aws.asked.map(({ method }) => method))).toEqual(
      new Set(['GET', 'POST', 'PATCH', 'DELETE']),
    );
    expect(aws.todos.todos.size).toBe(0);
  });

  it('is only read from where the environment says so', async () => {
    const { world, aws } = await begin({ smoke: 'read-only' });
    expect((await environment.deploy(world.push(image('1.1.0')))).status).toBe(EXIT.done);
    expect(new Set(aws.asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('is used by a synthetic user, whose secret is never shown', async () => {
    const name = '/todo/staging/smoke-user';
    const { world, aws } = await begin({ smokeAuthorization: name });
    const next = world.push(image('1.1.0'));
    await expectRefused(next, 'no-secret');
    world.parameters.set(name, { Name: name, Value: 'Bearer of-nobody', Type: 'SecureString' });
    const { status, stdout, stderr } = await environment.deploy(next);
    expect(status).toBe(EXIT.done);
    expect(new Set(aws.asked.map(({ headers }) => headers['authorization']))).toEqual(
      new Set(['Bearer of-nobody']),
    );
    expect(stdout + stderr).not.toContain('of-nobody');
  });

  it('wants a digest, for a tag can move', async () => {
    await begin();
    const { status, stderr } = await environment.deploy({ digest: 'latest' });
    expect([status, stderr]).toEqual([EXIT.usage, expect.stringContaining('A tag can move.')]);
    expect(environment.aws.calls).toEqual([]);
  });
});

describe('a release does not begin', () => {
  it('without an image in the registry', async () => {
    await begin();
    await expectRefused(image('1.1.0'), 'image-missing');
  });

  it('and says why to machines, too', async () => {
    await begin();
    const child = await environment.start('deploy', ['--image', sha('no image'), '--json']);
    const { stdout, status } = await finished(child);
    expect(JSON.parse(stdout)).toMatchObject({
      ending: 'refused',
      status,
      problems: [{ code: 'image-missing', what: expect.any(String), remedy: expect.any(String) }],
    });
  });

  it('with an image that does not say what it is', async () => {
    const { world } = await begin();
    const mute = world.push(image('1.1.0', { labels: { 'org.opencontainers.image.revision': 'unknown' } }));
    const { status, stdout } = await environment.deploy(mute);
    expect(stdout).toContain('it has no label org.opencontainers.image.revision');
    expect([status, changes()]).toEqual([EXIT.failed, []]);
  });

  it('where Terraform was not applied', async () => {
    const { world } = await begin();
    world.parameters.delete('/todo/staging/deployment');
    await expectRefused(world.push(image('1.1.0')), 'no-environment');
  });

  it('while ECS replaces tasks', async () => {
    const { world } = await begin();
    environment.released(image('1.0.1', { starts: 'takes for ever' }));
    world.settleOn(world.primary.taskDefinition?.replace(/\d+$/, '1') ?? '');
    world.update(world.primary.taskDefinition?.replace(/\d+$/, '2') ?? '');
    await expectRefused(world.push(image('1.1.0')), 'rollout-under-way');
  });

  it('while another one is under way', async () => {
    const { world } = await begin();
    environment.released(image('1.0.1'), { state: 'running', step: 'migrate' });
    await expectRefused(world.push(image('1.1.0')), 'under-way');
  });

  it('where another one begins in the same moment', async () => {
    const { world, aws } = await begin();
    const next = world.push(image('1.1.0'));
    aws.on('BatchGetImage', () => {
      environment.released(image('1.0.1'), { state: 'running', step: 'pre-flight' });
      aws.on('BatchGetImage', () => undefined);
    });
    const { status, stdout } = await environment.deploy(next);
    expect([status, stdout]).toEqual([
      EXIT.refused,
      expect.stringContaining('Somebody else has just begun release 2.'),
    ]);
    expect(changes()).toEqual(['PutParameter']);
    expect(environment.releases.at(-1)).toMatchObject({ version: '1.0.1' });
  });

  it('while an alarm sounds, unless one says that this is its correction', async () => {
    const { world } = await begin();
    world.sounding.add(ERRORS);
    const next = world.push(image('1.1.0'));
    await expectRefused(next, 'alarm-sounds');
    expect((await environment.deploy(next, '--despite-alarms')).status).toBe(EXIT.done);
  });

  it('where what runs could not run on the new schema', async () => {
    const { world } = await begin();
    const labels = { 'schema.oldest-code': SECOND_SCHEMA };
    await expectRefused(world.push(image('3.0.0', { schema: THIRD_SCHEMA, labels })), 'schema-incompatible');
  });

  it('where the database is too new for it', async () => {
    const { world } = await begin();
    environment.released(image('2.0.0', { schema: SECOND_SCHEMA }));
    const labels = { 'schema.oldest-code': SECOND_SCHEMA };
    environment.released(image('3.0.0', { schema: THIRD_SCHEMA, labels }));
    await expectRefused(world.push(image('1.0.1')), 'schema-incompatible');
  });

  it('where the service should run no task', async () => {
    const { world } = await begin();
    world.desiredCount = 0;
    await expectRefused(world.push(image('1.1.0')), 'service-scaled-to-zero');
  });
});

describe('a migration', () => {
  it.each([
    ['exits with 1', 1, 'The migration ended with exit status 1.'],
    ['hangs', 'hangs', 'The migration still runs after 0.05 minutes.'],
    ['is never started', 'never starts', 'did not run to its end: CannotPullContainerError: not found'],
  ] as const)('that %s stops the release, and the service runs as before', async (_, migration, reason) => {
    const { world, aws } = await begin();
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0', { migration })));
    expect(stdout).toContain(reason);
    expect(stdout).toContain('The service runs as before.');
    expect(status).toBe(EXIT.migrationFailed);
    expect(aws.calls).not.toContain('UpdateService');
    expect(environment.runs).toBe('1.0.0');
    expect(environment.releases.at(-1)).toMatchObject({ state: 'failed', step: 'migrate' });
  });

  it('is not begun where the snapshot fails', async () => {
    const { world, aws } = await begin({ snapshot: true });
    aws.once('CreateDBSnapshot', () =>
      world.snapshots.set(`${NAME}-release-2`, { status: 'failed', began: 0 }),
    );
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect([status, stdout]).toEqual([
      EXIT.failed,
      expect.stringContaining(`The snapshot ${NAME}-release-2 failed.`),
    ]);
    expect(aws.calls).not.toContain('RunTask');
    expect(environment.runs).toBe('1.0.0');
  });

  it('is not begun where the account has too many snapshots', async () => {
    const { world, aws } = await begin({ snapshot: true });
    aws.on('CreateDBSnapshot', () => {
      throw new AwsFailure('SnapshotQuotaExceeded', 'Cannot create more than 100 manual snapshots', 400);
    });
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect(stdout).toContain('Cannot create more than 100 manual snapshots.\nThe service runs as before.');
    expect(stdout).toContain('Delete old ones, as docs/deployment.md says');
    expect(status).toBe(EXIT.failed);
    expect(aws.calls).not.toContain('RunTask');
    expect(environment.runs).toBe('1.0.0');
  });
});

describe('a good release with few requests', () => {
  it('says that it was not compared with the one before', async () => {
    const { world } = await begin();
    world.traffic.after.requests = 40;
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect(stdout).toMatch(
      /were not compared with those before the release: \d+ requests before and 40 since/,
    );
    expect(status).toBe(EXIT.done);
  });
});

describe('a bad release is rolled back', () => {
  it('where its tasks never start: that ECS ends up stable is no success', async () => {
    const { world } = await begin();
    await expectRolledBack(world.push(image('1.1.0', { starts: 'never' })), /circuit breaker/);
  });

  it('where ECS has gone back before anybody looks again', async () => {
    const { world } = await begin({ pollSeconds: 1.5 });
    await expectRolledBack(
      world.push(image('1.1.0', { starts: 'never' })),
      /ECS went back to the revision before/,
    );
  });

  it('where its tasks never start, and ECS would try for ever', async () => {
    const { world } = await begin();
    world.isCircuitBreakerOn = false;
    await expectRolledBack(
      world.push(image('1.1.0', { starts: 'never' })),
      /ECS has not replaced the tasks within 0\.05 minutes/,
    );
  });

  it('where an alarm sounds while its tasks start', async () => {
    const { world, aws } = await begin();
    aws.once('UpdateService', () => world.sounding.add(ERRORS));
    // It stops once the bad release is gone.
    aws.on('DescribeAlarms', (count) => void (count > 4 && world.sounding.clear()));
    await expectRolledBack(world.push(image('1.1.0')), /ECS deployment alarm/);
  });

  it('where an alarm sounds while it bakes', async () => {
    const { world, aws } = await begin();
    aws.on('DescribeAlarms', (count) => {
      if (count === 3) world.sounding.add(ERRORS);
      if (count === 6) world.sounding.clear();
    });
    await expectRolledBack(world.push(image('1.1.0')), new RegExp(`the alarm ${ERRORS} sounds`));
  });

  it.each<readonly [string, Partial<Image>, RegExp]>([
    ['it says another commit', { answer: () => ({ commit: 'f'.repeat(40) }) }, /says commit f{40}/],
    [
      'one of many answers is an error',
      { answer: (n) => (n % 7 === 0 ? { status: 502 } : undefined) },
      /answers 502/,
    ],
    ['its tasks run another image', { reportedDigest: sha('another') }, /runs the image sha256:/],
  ])('where %s', async (_, different, reason) => {
    const { world } = await begin();
    await expectRolledBack(world.push(image('1.1.0', different)), reason);
  });

  it.each<readonly [string, NonNullable<Image['todos']>, RegExp]>([
    [
      'its writes fail while it reads, and is healthy',
      ({ method }, does) => (method === 'GET' ? does() : { status: 500, headers: {} }),
      /creating a todo answers 500, not 201 \(request [0-9a-f-]{36}\)/,
    ],
    [
      'its writes fail once they are done',
      ({ method }, does) => ({ ...does(), ...(method === 'POST' && { status: 500 }) }),
      /creating a todo answers 500/,
    ],
    [
      'it can not delete',
      ({ method }, does) => (method === 'DELETE' ? { status: 500, headers: {} } : does()),
      /deleting a todo answers 500/,
    ],
    [
      'it answers for another request',
      (_, does) => {
        const { headers, ...answer } = does();
        return { ...answer, headers: { ...headers, 'x-request-id': 'another' } };
      },
      /answers for the request another, not/,
    ],
    [
      'it takes what it should refuse',
      (_, does) => {
        const answer = does();
        return answer.status === 422 ? { ...answer, status: 201 } : answer;
      },
      /creating a todo without a title answers 201, not 422/,
    ],
  ])('where %s, and no smoke test leaves a todo', async (_, todos, reason) => {
    const { world, aws } = await begin();
    await expectRolledBack(world.push(image('1.1.0', { todos })), reason);
    expect(aws.asked.map(({ method }) => method)).toContain('POST');
    expect(aws.todos.todos.size).toBe(0);
  });

  it('where the schema is not the one that it migrated to', async () => {
    const { world, aws } = await begin();
    aws.once('UpdateService', () => world.schema.push('ByHand1790000000000'));
    // What is gone back to is asked for the same: the hand that wrote it takes it away.
    aws.on('UpdateService', (count) => void (count === 2 && world.schema.pop()));
    await expectRolledBack(world.push(image('1.1.0')), /says schema ByHand1790000000000/);
  });

  it('where a target stays unhealthy', async () => {
    const { world, aws } = await begin();
    aws.once('DescribeTargetHealth', () => world.sick.add(1));
    aws.on('UpdateService', (count) => void (count === 2 && world.sick.clear()));
    await expectRolledBack(world.push(image('1.1.0')), /10\.0\.0\.11 is unhealthy: 503/);
  });

  it.each([
    [
      'fails more often',
      { requests: 1_000, errors: 9, p99: 0.1 },
      /0\.9 % of the requests fail; before the release, 0\.1 % did/,
    ],
    [
      'is slower',
      { requests: 1_000, errors: 1, p99: 0.4 },
      /take up to 400 ms; before the release, up to 100 ms/,
    ],
  ])('where it %s than the one before, though no alarm sounds', async (_, after, reason) => {
    const { world } = await begin();
    Object.assign(world.traffic.after, after);
    await expectRolledBack(world.push(image('1.1.0')), reason);
  });

  it('to the placeholder, where it is the first one', async () => {
    environment = await Environment.start(project);
    const { world } = environment;
    const first = await environment.deploy(world.push(image('1.0.0', { starts: 'never' })));
    expect([first.status, environment.runs]).toEqual([EXIT.rolledBack, 'placeholder']);
    expect(first.stdout).toContain(
      'Revision 1 failed and was rolled back: the placeholder runs, and was verified.',
    );
    expect((await environment.deploy(world.push(image('1.0.1')))).status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.0.1');
  });

  it('but a person is called where what ran before is not well either', async () => {
    environment = await Environment.start(project);
    let isSick = false;
    environment.released(image('1.0.0', { answer: () => (isSick ? { status: 503 } : undefined) }));
    environment.aws.once('UpdateService', () => {
      isSick = true;
    });
    const { status, stdout } = await environment.deploy(
      environment.world.push(image('1.1.0', { starts: 'never' })),
    );
    expect(stdout).toContain('Revision 2 failed, and going back to revision 1 did, too.');
    expect(stdout).toContain('/version answers 503');
    expect([status, environment.runs]).toEqual([EXIT.broken, '1.0.0']);
    expect(environment.releases.at(-1)).toMatchObject({ state: 'failed' });
  });

  it('but not where somebody else changed the service meanwhile', async () => {
    const { world, aws } = await begin();
    const other = world.register({ family: 'by-hand', containerDefinitions: [{ name: 'app', image: 'x' }] });
    aws.once('UpdateService', () => world.settleOn(other.taskDefinitionArn ?? ''));
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect([status, stdout]).toEqual([
      EXIT.superseded,
      expect.stringContaining('somebody else changed the service'),
    ]);
    expect(world.primary.taskDefinition).toBe(other.taskDefinitionArn);
  });
});

describe('AWS has a bad day:', () => {
  const throttled = (): never => {
    throw new AwsFailure('ThrottlingException', 'Rate exceeded');
  };

  it.each<keyof Operations>([
    'DescribeServices',
    'RunTask',
    'UpdateService',
    'PutParameter',
    'DescribeTargetHealth',
  ])('%s is throttled, and tried again', async (operation) => {
    const { world, aws } = await begin();
    aws.on(operation, (count) => (count <= 2 ? throttled() : undefined));
    expect((await environment.deploy(world.push(image('1.1.0')))).status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.1.0');
  });

  it('throttles without an end: that is given up before anything is done', async () => {
    const { world, aws } = await begin();
    aws.on('DescribeServices', throttled);
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect(stdout).toMatch(/Rate exceeded[^]*Nothing was changed\./);
    expect([status, changes()]).toEqual([EXIT.failed, []]);
    expect(aws.calls.filter((name) => name === 'DescribeServices').length).toBeLessThan(10);
  });

  it.each<keyof Operations>(['RunTask', 'UpdateService'])(
    'the connection breaks after %s, which then happens once',
    async (operation) => {
      const { world, aws } = await begin();
      aws.on(operation, (count) => (count === 1 ? 'drop' : undefined));
      expect((await environment.deploy(world.push(image('1.1.0')))).status).toBe(EXIT.done);
      expect(aws.calls.filter((name) => name === operation)).toHaveLength(2);
      expect([world.migrations.size, world.primary.id]).toEqual([1, 'ecs-svc/0000000000000003']);
    },
  );

  it('what was changed shows a little later', async () => {
    const { world, aws } = await begin();
    aws.once('UpdateService', () => world.freeze(500));
    expect((await environment.deploy(world.push(image('1.1.0')))).status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.1.0');
  });

  it('records can not be written, which stops nothing', async () => {
    const { world, aws } = await begin();
    aws.on('PutParameter', (count) => {
      if (count > 1)
        throw new AwsFailure('AccessDeniedException', 'not authorized to perform ssm:PutParameter');
    });
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect([status, stdout]).toEqual([EXIT.done, expect.stringContaining('The record could not be written')]);
  });

  it('a right is missing: the release is rolled back, with the words of AWS', async () => {
    const { world, aws } = await begin();
    aws.on('DescribeTargetHealth', (count) => {
      if (count <= 5)
        throw new AwsFailure('AccessDenied', 'not authorized to perform DescribeTargetHealth', 403);
    });
    await expectRolledBack(world.push(image('1.1.0')), /not authorized to perform DescribeTargetHealth/);
  });

  const expired = (): never => {
    throw new AwsFailure('ExpiredTokenException', 'The security token included in the request is expired');
  };

  it('the credentials have expired before anything is done', async () => {
    const { world, aws } = await begin();
    aws.on('GetCallerIdentity', () => {
      throw new AwsFailure('ExpiredToken', 'The security token included in the request is expired', 403);
    });
    const { status, stdout } = await environment.deploy(world.push(image('1.1.0')));
    expect([status, stdout]).toEqual([EXIT.accessLost, expect.stringContaining('Nothing was changed.')]);
    expect(changes()).toEqual([]);
  });

  it('the credentials expire midway: it says what goes on by itself, and goes on after a login', async () => {
    const { world, aws } = await begin();
    const next = world.push(image('1.1.0'));
    aws.once('UpdateService', () => {
      aws.on('DescribeServices', expired);
      aws.on('PutParameter', expired);
    });
    const { status, stdout } = await environment.deploy(next);
    expect(stdout).toContain('AWS no longer accepts the credentials');
    expect(stdout).toMatch(/ECS (goes on to replace|has begun)/);
    expect(status).toBe(EXIT.accessLost);
    aws.on('DescribeServices', () => undefined);
    aws.on('PutParameter', () => undefined);
    expect((await environment.deploy(next, '--take-over')).status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.1.0');
  });
});

describe('a release that is killed', () => {
  it.each<keyof Operations>([
    'BatchGetImage',
    'PutImage',
    'RunTask',
    'DescribeTasks',
    'RegisterTaskDefinition',
    'UpdateService',
    'DescribeTargetHealth',
  ])('after %s leaves a good revision, and can be run again', async (operation) => {
    const { world, aws } = await begin();
    const next = world.push(image('1.1.0'));
    const child = await environment.start('deploy', ['--image', next.digest]);
    aws.once(operation, () => child.kill('SIGKILL'));
    await once(child, 'close');
    expect(['1.0.0', '1.1.0']).toContain(environment.runs);
    const begun = environment.releases.length > 1;
    if (begun) await expectUnderWay(next);
    expect((await environment.deploy(next, '--take-over')).status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.1.0');
    expect(environment.releases.at(-1)).toMatchObject({ state: 'verified', version: '1.1.0' });
    if (begun)
      expect(environment.releases.at(-2)).toMatchObject({
        state: 'unfinished',
        reason: 'its command was killed',
      });
  });

  async function expectUnderWay(pushed: Image): Promise<void> {
    const { status, stdout } = await environment.deploy(pushed);
    expect([status, stdout]).toEqual([EXIT.refused, expect.stringContaining('[under-way]')]);
  }

  it('while it rolls back leaves that to ECS, and to whoever comes next', async () => {
    const { world, aws } = await begin();
    const bad = world.push(image('1.1.0', { answer: () => ({ status: 500 }) }));
    const child = await environment.start('deploy', ['--image', bad.digest]);
    aws.on('UpdateService', (count) => void (count === 2 && setTimeout(() => child.kill('SIGKILL'), 50)));
    await once(child, 'close');
    const { status } = await environment.rollback('--take-over');
    expect([status, environment.runs]).toEqual([EXIT.done, '1.0.0']);
    expect((await environment.deploy(world.push(image('1.2.0')))).status).toBe(EXIT.done);
  });
});

describe('a release that is interrupted', () => {
  it.each<readonly [keyof Operations, RegExp, string]>([
    ['RunTask', /The service runs as before\. The migration goes on by itself/, '1.0.0'],
    ['UpdateService', /ECS (goes on to replace revision 1 by revision 2 by itself|has begun)/, '1.1.0'],
    ['DescribeTargetHealth', /Revision 2 runs, but was not verified to the end\./, '1.1.0'],
  ])('after %s says in which state things are, and how to go on', async (operation, state, runs) => {
    const { world, aws } = await begin();
    const next = world.push(image('1.1.0'));
    const child = await environment.start('deploy', ['--image', next.digest]);
    aws.once(operation, () => child.kill('SIGINT'));
    const { status, stdout } = await finished(child);
    expect(stdout).toMatch(state);
    expect(stdout).toContain(`node --run deploy -- --environment staging --image ${next.digest}`);
    expect(status).toBe(EXIT.interrupted);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(environment.runs).toBe(runs);
    expect(environment.releases.at(-1)).toMatchObject({ state: 'unfinished' });
    const migrations = world.migrations.size;
    expect((await environment.deploy(next)).status).toBe(EXIT.done);
    // What ECS had been told is not told again.
    if (operation === 'DescribeTargetHealth') expect(world.migrations.size).toBe(migrations);
    expect(environment.runs).toBe('1.1.0');
  });
});

describe('a release that is interrupted while it goes wrong', () => {
  it('in the middle of going back says so, and the rollback goes on', async () => {
    const { world, aws } = await begin();
    const bad = world.push(image('1.1.0', { answer: () => ({ status: 500 }) }));
    const child = await environment.start('deploy', ['--image', bad.digest]);
    aws.on('UpdateService', (count) => void (count === 2 && child.kill('SIGINT')));
    const { status, stdout } = await finished(child);
    expect(stdout).toContain('Revision 2 failed. ECS was told to go back to revision 1, or was about to be.');
    expect(stdout).toContain('To go on: node --run rollback -- --environment staging');
    expect(status).toBe(EXIT.interrupted);
    const again = await environment.rollback();
    expect([again.status, environment.runs]).toEqual([EXIT.done, '1.0.0']);
  });

  it('in the middle of a smoke test deletes what that has created', async () => {
    const { world, aws } = await begin();
    const running: { child?: ChildProcess } = {};
    const next = world.push(
      image('1.1.0', {
        todos: ({ method }, does) => {
          // Once: a second signal ends it at once, and a slow machine may ask again before it hears the first.
          if (method === 'PATCH' && !running.child?.killed) running.child?.kill('SIGINT');
          return does();
        },
      }),
    );
    running.child = await environment.start('deploy', ['--image', next.digest]);
    const { status } = await finished(running.child);
    expect(status).toBe(EXIT.interrupted);
    expect(aws.asked.map(({ method }) => method)).toContain('PATCH');
    expect(aws.todos.todos.size).toBe(0);
  });
});

describe('a rollback', () => {
  async function three(): Promise<Environment> {
    await begin();
    environment.released(image('1.1.0'));
    environment.released(image('1.2.0'));
    return environment;
  }

  it('goes to the newest verified release, keeps the number of tasks, and does not flip back', async () => {
    const { world } = await three();
    world.desiredCount = 5;
    const first = await environment.rollback();
    expect(first.stdout).toContain('Rolled back from revision 3: revision 2 (1.1.0) runs, and was verified.');
    expect([first.status, environment.runs, world.desiredCount]).toEqual([EXIT.done, '1.1.0', 5]);
    expect(environment.releases.map(({ state }) => state)).toEqual([
      'verified',
      'verified',
      'rolled-back',
      'verified',
    ]);

    const before = environment.aws.calls.length;
    const second = await environment.rollback();
    expect(second.stdout).toMatch(/Revision 2 \(1\.1\.0\) runs, because it was gone back to already\..*--to/);
    expect([second.status, environment.runs]).toEqual([EXIT.done, '1.1.0']);
    expect(environment.aws.calls.slice(before)).not.toContain('PutParameter');

    expect((await environment.rollback('--to', '1')).status).toBe(EXIT.done);
    expect(environment.runs).toBe('1.0.0');
  });

  it('does not go to what was rolled back from', async () => {
    const { world } = await three();
    await environment.rollback();
    await environment.deploy(world.push(image('1.3.0')));
    const { status } = await environment.rollback();
    expect([status, environment.runs]).toEqual([EXIT.done, '1.1.0']);
  });

  it('after a release that was rolled back by itself changes nothing', async () => {
    const { world } = await three();
    await environment.deploy(world.push(image('1.3.0', { starts: 'never' })));
    const { status, stdout } = await environment.rollback();
    expect([status, stdout]).toEqual([EXIT.done, expect.stringContaining('gone back to already')]);
    expect(environment.runs).toBe('1.2.0');
  });

  it('helps while the service answers nothing but errors and its alarms sound', async () => {
    const { world, aws } = await begin();
    environment.released(image('1.1.0', { answer: () => ({ status: 500 }) }));
    ALARMS.forEach((name) => world.sounding.add(name));
    aws.on('DescribeAlarms', (count) => void (count === 5 && world.sounding.clear()));
    const { status } = await environment.rollback();
    expect([status, environment.runs]).toEqual([EXIT.done, '1.0.0']);
  });

  it('changes nothing with --dry-run', async () => {
    await three();
    const { status, stdout } = await environment.rollback('--dry-run');
    expect([status, stdout]).toEqual([
      EXIT.done,
      expect.stringContaining('Tell ECS to run revision 2 (1.1.0) in place of revision 3'),
    ]);
    expect(changes()).toEqual([]);
  });

  it.each<readonly [string, string, (world: Environment['world']) => void, readonly string[]]>([
    ['a revision that no release has', 'no-target', () => undefined, ['--to', '77']],
    ['an image that is gone', 'image-missing', ({ images }) => images.delete(sha('1.1.0')), []],
    [
      'a revision that is not active',
      'revision-inactive',
      ({ definitions }) => {
        for (const [name, definition] of definitions)
          if (name.endsWith(`/${NAME}:2`)) definitions.set(name, { ...definition, status: 'INACTIVE' });
      },
      [],
    ],
  ])('is refused to %s', async (_, code, spoil, flags) => {
    const { world } = await three();
    spoil(world);
    const { status, stdout } = await environment.rollback(...flags);
    expect([status, stdout]).toEqual([EXIT.refused, expect.stringContaining(`[${code}]`)]);
    expect([changes(), environment.runs]).toEqual([[], '1.2.0']);
  });

  it('is refused to code that was not shown to run on the schema', async () => {
    await begin();
    environment.released(image('2.0.0', { schema: SECOND_SCHEMA }));
    environment.released(
      image('3.0.0', { schema: THIRD_SCHEMA, labels: { 'schema.oldest-code': SECOND_SCHEMA } }),
    );
    const refused = await environment.rollback('--to', '1');
    expect([refused.status, refused.stdout]).toEqual([
      EXIT.refused,
      expect.stringContaining('[schema-incompatible]'),
    ]);
    const { status } = await environment.rollback();
    expect([status, environment.runs]).toEqual([EXIT.done, '2.0.0']);
  });

  it.each(['placeholder', 'first release'])('is refused where there is nothing but the %s', async (what) => {
    environment = await Environment.start(project);
    if (what !== 'placeholder') environment.released(image('1.0.0'));
    const { status, stdout } = await environment.rollback();
    expect([status, stdout]).toEqual([
      EXIT.refused,
      expect.stringContaining('no older release was verified'),
    ]);
    expect(changes()).toEqual([]);
  });

  it('calls a person where what it goes back to does not start', async () => {
    await begin();
    environment.released(image('1.1.0'));
    environment.world.push(image('1.0.0', { starts: 'never' }));
    const { status, stdout } = await environment.rollback();
    expect([status, stdout]).toEqual([
      EXIT.broken,
      expect.stringContaining('Going back to revision 1 (1.0.0) failed.'),
    ]);
    expect(environment.releases.at(-1)).toMatchObject({ kind: 'rollback', state: 'failed' });
  });

  it('that is interrupted goes on where it was', async () => {
    const { aws } = await three();
    const child = await environment.start('rollback', []);
    aws.once('UpdateService', () => child.kill('SIGINT'));
    const { status } = await finished(child);
    expect(status).toBe(EXIT.interrupted);
    const again = await environment.rollback();
    expect([again.status, environment.runs]).toEqual([EXIT.done, '1.1.0']);
    expect(environment.releases.map(({ state }) => state)).toEqual([
      'verified',
      'verified',
      'rolled-back',
      'unfinished',
      'verified',
    ]);
  });
});

describe('what is left for those who count', () => {
  it('is a mark on the dashboards for a release, for one that failed and for a rollback, and for nothing else', async () => {
    const { world } = await begin();
    const grafana = await new Grafana().start();
    const act = async (command: string, ...flags: string[]) =>
      finished(await environment.start(command, flags, grafana.variables));
    const good = world.push(image('1.1.0'));
    const bad = world.push(image('1.2.0', { starts: 'never' }));
    const unmigrated = world.push(image('1.3.0', { migration: 1 }));
    await act('deploy', '--image', good.digest, '--dry-run');
    await act('deploy', '--image', good.digest);
    await act('deploy', '--image', unmigrated.digest);
    await act('deploy', '--image', bad.digest);
    await act('rollback', '--to', '1');
    await grafana.stop();
    expect(grafana.marks).toEqual(
      [
        ['deploy', 'verified', 'revision 1 → 2'],
        ['deploy', 'rolled-back', 'revision 2 → 3'],
        ['rollback', 'verified', 'revision 2 → 1'],
      ].map(([kind, result, revisions]) => ({
        url: '/api/annotations',
        user: 'Bearer of-nobody',
        time: expect.any(Number),
        timeEnd: expect.any(Number),
        tags: ['deployment', 'service:todo', 'environment:staging', `kind:${kind}`, `result:${result}`],
        text: expect.stringContaining(revisions ?? ''),
      })),
    );
  });

  it('is missing where Grafana does not take it, which fails no release', async () => {
    const { world } = await begin();
    const grafana = await new Grafana(403).start();
    const flags = ['--image', world.push(image('1.1.0')).digest];
    const { status, stdout } = await finished(await environment.start('deploy', flags, grafana.variables));
    await grafana.stop();
    expect([status, stdout]).toEqual([
      EXIT.done,
      expect.stringContaining('Warning: No annotation was made: Grafana answers 403.'),
    ]);
  });

  it('are the figures of DORA', async () => {
    const { world } = await begin();
    await environment.deploy(world.push(image('1.1.0', { starts: 'never' })));
    await environment.deploy(world.push(image('1.2.0')));
    await environment.rollback();
    const { stdout } = await finished(await environment.start('releases', ['--dora', '--json']));
    const figures = JSON.parse(stdout) as Record<string, number>;
    expect(figures).toMatchObject({ deployments: 3, failures: 2, notRestored: 0 });
    expect(figures['changeFailureRate']).toBeCloseTo(2 / 3);
    expect(figures['leadSeconds']).toBeGreaterThan(3_500);
    const said = await finished(await environment.start('releases', ['--dora', '--days', '7']));
    expect(said.stdout).toContain('deployment frequency  3.0 a week (3)');
  });
});

describe('the list of releases', () => {
  it('says what runs, in words and as JSON', async () => {
    await begin();
    for (let index = 1; index <= 12; index += 1) environment.released(image(`1.${index}.0`));
    const { stdout } = await finished(await environment.start('releases', []));
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(14);
    expect(lines[1]).toMatch(/^→ +13 +1\.12\.0 +[0-9a-f]{12} +\S+ \S+ +verified +deploy +tester$/);
    const json = await finished(await environment.start('releases', ['--json']));
    expect((JSON.parse(json.stdout) as { current: boolean }[]).map(({ current }) => current)).toEqual([
      true,
      ...Array.from({ length: 12 }, () => false),
    ]);
  });
});
