import { readFileSync } from 'node:fs';
import type { Answers } from './answers.mjs';
import { statusOf } from './finding.mjs';
import { findingsOf } from './findings.mjs';
import type { Answer } from './github.mjs';
import type { Needs } from './needs.mjs';

const given = (body?: unknown): Answer => ({ status: 200, body, message: '' });
const refused = (status: number, message: string): Answer => ({ status, body: undefined, message });
const NOT_FOUND = refused(404, 'Not Found');
const NO_ADMIN = refused(403, 'Must have admin rights to Repository.');
const UPGRADE = refused(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.');

const NEEDS: Needs = {
  checks: ['gate'],
  environments: new Map([
    ['live', ['ROLE']],
    ['live-approval', []],
  ]),
  variables: ['REGION'],
  approvals: new Map([
    [
      'live-approval',
      {
        condition: { variable: 'APPROVAL', value: 'people' },
        byHand: ['gh workflow run release.yml -f image=…'],
      },
    ],
  ]),
  unread: [],
};

const REPOSITORY: Answers['repository'] = {
  full_name: 'acme/todo',
  html_url: 'https://github.com/acme/todo',
  default_branch: 'main',
  visibility: 'public',
  owner: { login: 'acme', type: 'Organization' },
  permissions: { admin: true },
  security_and_analysis: {
    secret_scanning: { status: 'enabled' },
    secret_scanning_push_protection: { status: 'enabled' },
  },
};

const REVIEWERS = {
  id: 3736,
  type: 'required_reviewers',
  prevent_self_review: false,
  reviewers: [{ type: 'Team', reviewer: { id: 1, slug: 'owners' } }],
};
const environment = (name: string, ...rules: readonly object[]) => ({
  id: 1,
  name,
  protection_rules: [...rules, { id: 2, type: 'branch_policy' }],
  deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
});
const policies = (...names: readonly string[]) =>
  given(names.map((name, index) => ({ id: index, name, type: 'branch' })));
const variables = (values: Readonly<Record<string, string>>) =>
  given(Object.entries(values).map(([name, value]) => ({ name, value })));

const LIVE = {
  environment: given(environment('live')),
  policies: policies('main'),
  variables: variables({ ROLE: 'arn:aws:iam::1:role/deploy' }),
};
const APPROVAL = {
  environment: given(environment('live-approval', REVIEWERS)),
  policies: policies('main'),
  variables: variables({}),
};
const without = (answers: typeof APPROVAL) => ({
  ...answers,
  environment: given(environment('live-approval')),
});
const ABSENT = { environment: NOT_FOUND, policies: undefined, variables: undefined };

const RULES = [
  { type: 'deletion', ruleset_id: 42 },
  { type: 'non_fast_forward', ruleset_id: 42 },
  { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
  { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'gate' }] } },
];
const PROTECTION = {
  required_status_checks: { strict: true, contexts: ['gate'], checks: [{ context: 'gate', app_id: 15368 }] },
  required_pull_request_reviews: { required_approving_review_count: 1 },
  allow_force_pushes: { enabled: false },
};

/** A public repository that has all of it. */
const WHOLE: Answers = {
  repository: REPOSITORY,
  plan: undefined,
  rules: given(RULES),
  protection: refused(404, 'Branch not protected'),
  environments: { live: LIVE, 'live-approval': APPROVAL },
  variables: variables({ REGION: 'eu-central-1', APPROVAL: 'people' }),
  organizationVariables: variables({}),
  alerts: given(),
  reporting: given({ enabled: true }),
  actions: given({ enabled: true, allowed_actions: 'all', sha_pinning_required: true }),
  token: given({ default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }),
};

const owned = (
  visibility: Answers['repository']['visibility'],
  more: Partial<Answers['repository']> = {},
) => ({
  ...REPOSITORY,
  visibility,
  ...more,
});

function find(changes: Partial<Answers>, needs = NEEDS) {
  return findingsOf(needs, { ...WHOLE, ...changes });
}

/** What is not in order, by id. */
function states(changes: Partial<Answers>) {
  return Object.fromEntries(
    find(changes).flatMap(({ id, state }) => (state === 'ok' ? [] : [[id, state] as const])),
  );
}

function one(id: string, changes: Partial<Answers>) {
  const found = find(changes).find((finding) => finding.id === id);
  if (!found) throw new Error(`nothing is said about ${id}`);
  return found;
}

describe('what the doctor says of the default branch', () => {
  const ids = ['branch:checks', 'branch:reviews', 'branch:force-pushes'];
  const all = (state: string) => Object.fromEntries(ids.map((id) => [id, state]));

  it('is fine with a ruleset, or with a protection of the kind before', () => {
    expect(states({})).toEqual({});
    expect(states({ rules: given([]), protection: given(PROTECTION) })).toEqual({});
  });

  it('is that what is missing can be added by one ruleset', () => {
    const missing = { rules: given(RULES.slice(0, 2)) };
    expect(states(missing)).toEqual({ 'branch:checks': 'missing', 'branch:reviews': 'missing' });
    const { remedy = '' } = one('branch:checks', missing);
    const [, json = ''] = /<<< '(.*)'/.exec(remedy) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'] } },
      rules: [
        { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'gate' }] } },
        { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
      ],
    });
    expect(one('branch:reviews', missing).remedy).toBe(remedy);
  });

  it.each<readonly [string, Partial<Answers>, string]>([
    [
      'another check is required',
      {
        rules: given([
          ...RULES.slice(0, 3),
          {
            type: 'required_status_checks',
            parameters: { required_status_checks: [{ context: 'lint' }] },
          },
        ]),
      },
      'branch:checks',
    ],
    [
      'pull requests need no review',
      {
        rules: given(
          RULES.map((rule) =>
            rule.type === 'pull_request'
              ? { ...rule, parameters: { required_approving_review_count: 0 } }
              : rule,
          ),
        ),
      },
      'branch:reviews',
    ],
    [
      'the older rule lets force pushes in',
      { rules: given([]), protection: given({ ...PROTECTION, allow_force_pushes: { enabled: true } }) },
      'branch:force-pushes',
    ],
  ])('is a miss where %s', (_, changes, id) => {
    expect(states(changes)).toEqual({ [id]: 'missing' });
  });

  it('is that private repositories have none of it on the free plan', () => {
    expect(
      states({ repository: owned('private'), plan: 'free', rules: UPGRADE, protection: UPGRADE }),
    ).toMatchObject(all('unavailable'));
  });

  it('is no miss where it may not be seen', () => {
    const repository = owned('public', { permissions: { admin: false } });
    expect(states({ repository, rules: given([]), protection: NOT_FOUND })).toEqual(all('unknown'));
    expect(states({ repository, rules: given([]), protection: NO_ADMIN })).toEqual(all('unknown'));
    expect(states({ rules: given([]), protection: NOT_FOUND })).toEqual(all('missing'));
  });
});

describe('what the doctor says of environments', () => {
  it('is how to make one that is not there, for the default branch alone', () => {
    const { state, remedy } = one('environment:live', {
      environments: { ...WHOLE.environments, live: ABSENT },
    });
    expect(state).toBe('missing');
    expect(remedy).toBe(
      `gh api --method PUT repos/acme/todo/environments/live --input - <<< '{"deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}}'\n` +
        'gh api --method POST repos/acme/todo/environments/live/deployment-branch-policies --field name=main',
    );
  });

  const withPolicy = (policy: unknown, list?: Answer): Partial<Answers> => ({
    environments: {
      ...WHOLE.environments,
      live: {
        ...LIVE,
        environment: given({ ...environment('live'), deployment_branch_policy: policy }),
        policies: list,
      },
    },
  });
  const CUSTOM = { protected_branches: false, custom_branch_policies: true };
  const PROTECTED = { protected_branches: true, custom_branch_policies: false };

  it.each<readonly [string, Partial<Answers>]>([
    ['any branch gets at it', withPolicy(null)],
    ['other branches do, too', withPolicy(CUSTOM, policies('main', 'release/*'))],
    ['no branch does', withPolicy(CUSTOM, policies())],
    ['a tag does', withPolicy(CUSTOM, given([{ id: 1, name: 'main', type: 'tag' }]))],
    ['protected branches do, and none is', withPolicy(PROTECTED)],
  ])('is a miss where %s', (_, changes) => {
    expect(states(changes)).toEqual({ 'environment:live:branches': 'missing' });
  });

  it('is fine where protected branches get at it, and the default branch is one', () => {
    expect(states({ ...withPolicy(PROTECTED), protection: given(PROTECTION) })).toEqual({});
  });

  it('is nothing certain where protected branches get at it, and which these are is not shown', () => {
    const repository = owned('public', { permissions: { admin: false } });
    expect(states({ ...withPolicy(PROTECTED), repository, protection: NOT_FOUND })).toEqual({
      'environment:live:branches': 'unknown',
    });
  });

  it('is which variables are not set, here or for all', () => {
    const bare = { ...WHOLE.environments, live: { ...LIVE, variables: variables({}) } };
    expect(states({ environments: bare })).toEqual({ 'variable:live:ROLE': 'missing' });
    expect(one('variable:live:ROLE', { environments: bare }).remedy).toBe(
      'gh variable set ROLE --env live --repo acme/todo --body …',
    );
    expect(states({ environments: bare, organizationVariables: variables({ ROLE: 'x' }) })).toEqual({});
    expect(states({ variables: variables({ APPROVAL: 'people' }) })).toEqual({
      'variable:REGION': 'missing',
    });
    expect(states({ environments: bare, variables: NO_ADMIN })).toEqual({
      'variable:live:ROLE': 'unknown',
      'variable:REGION': 'unknown',
    });
  });

  it('is that a name which only a run knows can not be looked at', () => {
    const found = find({}, { ...NEEDS, unread: ['${{ github.ref_name }}'] });
    expect(statusOf(found)).toBe(2);
  });
});

describe('what the doctor says of reviewers', () => {
  const id = 'environment:live-approval:reviewers';
  const lacking = { ...WHOLE.environments, 'live-approval': without(APPROVAL) };
  const unset = variables({ REGION: 'eu-central-1' });
  const isPrivate = owned('private');

  it('is that a pipeline which relies on them waits for nobody', () => {
    for (const plan of ['team', 'enterprise', undefined])
      expect(one(id, { repository: isPrivate, plan, environments: lacking })).toMatchObject({
        state: 'missing',
        detail: expect.stringContaining('APPROVAL is people, but nobody has to approve'),
        remedy: expect.stringContaining('gh variable delete APPROVAL --repo acme/todo'),
      });
  });

  it('is that an environment which is not there makes nobody wait either', () => {
    const environments = { ...WHOLE.environments, 'live-approval': ABSENT };
    const { state, remedy } = one(id, { environments });
    expect(state).toBe('missing');
    expect(remedy).toContain('"reviewers":[{"type":"User","id":0}]');
  });

  it('is what to do instead, on a plan without them', () => {
    for (const plan of ['free', 'pro', 'team'])
      expect(one(id, { repository: isPrivate, plan, environments: lacking, variables: unset })).toMatchObject(
        {
          state: 'unavailable',
          remedy: expect.stringContaining('gh workflow run release.yml -f image=… --repo acme/todo'),
        },
      );
  });

  it('is that reviewers from before it was private do not count', () => {
    expect(one(id, { repository: isPrivate, plan: 'team', variables: unset }).state).toBe('unavailable');
    expect(one(id, { repository: isPrivate, plan: 'team' }).state).toBe('missing');
  });

  it('is that they are missing where they are to be had', () => {
    const changes = { environments: lacking, variables: unset };
    expect(one(id, changes).state).toBe('missing');
    expect(one(id, { ...changes, repository: isPrivate, plan: 'enterprise' }).state).toBe('missing');
    expect(one(id, { ...changes, repository: owned('internal') }).state).toBe('missing');
  });

  it('is nothing certain where the plan or the variable is not shown', () => {
    expect(one(id, { repository: isPrivate, environments: lacking, variables: unset }).state).toBe('unknown');
    expect(one(id, { environments: lacking, variables: NO_ADMIN }).state).toBe('unknown');
  });
});

describe('what the doctor says of security', () => {
  it.each<readonly [string, Partial<Answers>]>([
    ['alerts', { alerts: refused(404, 'Vulnerability alerts are disabled.') }],
    ['reporting', { reporting: given({ enabled: false }) }],
    [
      'actions:token',
      { token: given({ default_workflow_permissions: 'write', can_approve_pull_request_reviews: false }) },
    ],
    [
      'actions:approve',
      { token: given({ default_workflow_permissions: 'read', can_approve_pull_request_reviews: true }) },
    ],
    [
      'actions:pinning',
      { actions: given({ enabled: true, allowed_actions: 'all', sha_pinning_required: false }) },
    ],
    [
      'secret-scanning',
      {
        repository: owned('public', {
          security_and_analysis: {
            secret_scanning: { status: 'disabled' },
            secret_scanning_push_protection: { status: 'enabled' },
          },
        }),
      },
    ],
  ])('is how to switch on %s', (id, changes) => {
    expect(states(changes)).toEqual({ [id]: 'missing' });
    expect(one(id, changes).remedy).toMatch(/^gh api --method P(UT|ATCH) repos\/acme\/todo/);
  });

  it('is nothing of what this GitHub does not know', () => {
    const found = find({ actions: given({ enabled: true, allowed_actions: 'all' }), reporting: undefined });
    expect(found.map(({ id }) => id)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^actions:pinning$|^reporting$/)]),
    );
    expect(statusOf(found)).toBe(0);
  });

  it('is that secret scanning is not for private repositories on every plan', () => {
    const repository = owned('private', { security_and_analysis: {} });
    expect(states({ repository, plan: 'pro' })).toMatchObject({ 'secret-scanning': 'unavailable' });
    expect(states({ repository, plan: 'enterprise' })).toMatchObject({ 'secret-scanning': 'missing' });
  });

  it('is, to those who are no administrators, that they are not shown it', () => {
    const repository = owned('public', { permissions: { admin: false }, security_and_analysis: null });
    const changes = { repository, alerts: NOT_FOUND, actions: NO_ADMIN, token: NO_ADMIN };
    expect(states(changes)).toEqual({
      'secret-scanning': 'unknown',
      'secret-scanning-push-protection': 'unknown',
      alerts: 'unknown',
      'actions:token': 'unknown',
      'actions:approve': 'unknown',
      'actions:pinning': 'unknown',
    });
    expect(statusOf(find(changes))).toBe(2);
  });
});

describe('the verdict', () => {
  it('is 0 where all is there, 1 where something is missing, whatever is not shown, and 2 where only that is so', () => {
    expect(statusOf(find({}))).toBe(0);
    expect(statusOf(find({ alerts: NOT_FOUND, token: NO_ADMIN }))).toBe(1);
    expect(statusOf(find({ token: NO_ADMIN }))).toBe(2);
  });

  it('is to be had by the script that the documentation names', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts.doctor).toBe('node scripts/workflows/doctor.mjs');
  });
});
