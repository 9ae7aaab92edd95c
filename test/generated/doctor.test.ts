import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { RENDER_ONLY, run } from '../support/cli.ts';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import { execute, node24Environment, type Finished } from './support/example.ts';
import { answersFor, FakeGh, REPOSITORY, type Settings, type Table } from './support/github.ts';

/** As the documentation of a rendered project says. */
const DEPLOYING = ['AWS_DEPLOY_ROLE_ARN', 'AWS_INFRA_ROLE_ARN'];
const SHARED = { AWS_PLAN_ROLE_ARN: '…', AWS_REGION: 'eu-central-1' };

let node: string;
let project: string;
let check: string;
let gh: FakeGh;

beforeAll(async () => {
  node = (await node24Environment())['NODE'] ?? '';
  gh = new FakeGh(temporary(), node);
  project = await rendered();
  const ci = readFileSync(join(project, '.github', 'workflows', 'ci.yml'), 'utf8');
  check = [...ci.matchAll(/^ {2}([\w-]+):$/gm)].at(-1)?.[1] ?? '';
});

async function rendered(...flags: readonly string[]): Promise<string> {
  const cwd = temporary();
  const { status, stderr } = await run(['my-api', ...flags, ...RENDER_ONLY], { cwd });
  if (status !== 0) throw new Error(stderr);
  symlinkSync(join(root, 'node_modules'), join(cwd, 'my-api', 'node_modules'), 'junction');
  return join(cwd, 'my-api');
}

/** Asks about a repository with these settings. */
async function examine(
  settings: Settings,
  { folder = project, table = {}, args = [] as readonly string[] } = {},
): Promise<Finished> {
  return doctor(folder, gh.answering({ remote: REPOSITORY, answers: answersFor(settings), ...table }), args);
}

async function doctor(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<Finished> {
  return execute([node, 'scripts/workflows/doctor.mjs', ...args], { cwd, env });
}

/** The states of what is not in order, by id, as `--json` has them. */
async function statesOf(settings: Settings, folder = project) {
  const { status, output } = await examine(settings, { folder, args: ['--json'] });
  const { findings } = JSON.parse(output) as { findings: readonly { id: string; state: string }[] };
  const others = findings.filter(({ state }) => state !== 'ok').map(({ id, state }) => [id, state]);
  return { status, states: Object.fromEntries(others) as Record<string, string> };
}

/** A public repository in which everything is switched on. */
const whole = (): Settings => ({
  isHardened: true,
  check,
  environments: { staging: DEPLOYING, production: DEPLOYING, 'production-approval': [] },
  variables: { ...SHARED, PRODUCTION_APPROVAL: 'reviewers' },
});

/** A private one on the plan that has nothing for it, in which everything else is. */
const unprotected = (): Settings => ({
  visibility: 'private',
  plan: 'free',
  isHardened: true,
  variables: { ...SHARED, AWS_DEPLOY_ROLE_ARN: '…', AWS_INFRA_ROLE_ARN: '…' },
});

describe('the doctor', () => {
  it('finds nothing where everything is there', async () => {
    const { status, output } = await examine(whole());
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^acme\/todo, public\n[^✘–?]*, 0 missing, 0 not available here, 0 not shown to you\n$/,
      ),
    });
    expect(output).toContain(`main takes what has passed ${check}`);
  });

  it('says of everything that is missing how to set it', async () => {
    const { status, output } = await examine({});
    expect(status).toBe(1);
    for (const remedy of [
      `repos/${REPOSITORY}/rulesets --input - <<< '{"name":`,
      `gh api --method PUT repos/${REPOSITORY}/environments/staging --input -`,
      `gh api --method PUT repos/${REPOSITORY}/environments/production --input -`,
      `gh api --method PUT repos/${REPOSITORY}/environments/production-approval --input - <<< '{"reviewers":`,
      `gh variable set AWS_DEPLOY_ROLE_ARN --env staging --repo ${REPOSITORY}`,
      `gh variable set AWS_INFRA_ROLE_ARN --env production --repo ${REPOSITORY}`,
      `gh variable set AWS_PLAN_ROLE_ARN --repo ${REPOSITORY}`,
      'security_and_analysis[secret_scanning][status]=enabled',
      `gh api --method PUT repos/${REPOSITORY}/vulnerability-alerts`,
      `gh api --method PUT repos/${REPOSITORY}/private-vulnerability-reporting`,
      'default_workflow_permissions=read',
      'sha_pinning_required=true',
    ])
      expect(output).toContain(remedy);
    expect(output).toMatch(/\n0 ok, \d+ missing, 0 not available here, 0 not shown to you\n$/);
  });

  it('says what to do instead of what the plan does not have', async () => {
    const { status, output } = await examine(unprotected());
    expect(output).toMatch(/^acme\/todo, private, on the plan free\n/);
    expect(output).toContain(`gh workflow run cd.yml -f image=… --repo ${REPOSITORY}`);
    expect({ status, states: (await statesOf(unprotected())).states }).toEqual({
      status: 0,
      states: {
        'branch:checks': 'unavailable',
        'branch:reviews': 'unavailable',
        'branch:force-pushes': 'unavailable',
        'environment:staging': 'unavailable',
        'environment:production': 'unavailable',
        'environment:production-approval:reviewers': 'unavailable',
        'secret-scanning': 'unavailable',
        'secret-scanning-push-protection': 'unavailable',
      },
    });
  });

  it('warns of a pipeline that waits for an approval which nobody has to give', async () => {
    const settings = unprotected();
    const variables = { ...settings.variables, PRODUCTION_APPROVAL: 'reviewers' };
    for (const plan of ['free', 'team']) {
      const { status, output } = await examine({ ...settings, plan, variables });
      expect(status).toBe(1);
      expect(output).toContain('PRODUCTION_APPROVAL is reviewers, but nobody has to approve');
      expect(output).toContain(`gh variable delete PRODUCTION_APPROVAL --repo ${REPOSITORY}`);
    }
  });

  it('finds variables behind the first page of them', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`A_${index}`, '…']));
    const settings = whole();
    expect(await statesOf({ ...settings, variables: { ...many, ...settings.variables } })).toEqual({
      status: 0,
      states: {},
    });
  });

  it('tells what may not be seen from what is missing', async () => {
    const { status, states } = await statesOf({ ...whole(), isAdmin: false });
    expect(status).toBe(2);
    expect(new Set(Object.values(states))).toEqual(new Set(['unknown']));
    expect(Object.keys(states)).toContain('actions:token');
    const { output } = await examine({ ...whole(), isAdmin: false });
    expect(output).toContain('It needs admin rights');
  });

  it('asks for no environment where nothing is deployed', async () => {
    const folder = await rendered('--delivery', 'none', '--infra', 'none');
    expect(await statesOf({ isHardened: true, check }, folder)).toEqual({ status: 0, states: {} });
    expect(gh.asked).toContain(`repos/${REPOSITORY}/vulnerability-alerts`);
    expect(gh.asked.filter((path) => path.includes('environments'))).toEqual([]);
  });

  it('asks about the repository that is named', async () => {
    const table = { remote: undefined } satisfies Partial<Table>;
    expect((await examine(whole(), { table, args: ['--repo', REPOSITORY] })).status).toBe(0);
    expect(await examine(whole(), { args: ['--repo', 'acme/other'] })).toEqual({
      status: 2,
      output: expect.stringMatching(/^GitHub does not show acme\/other to you \(404: Not Found\)\.\n.+\n$/),
    });
  });

  it.each<readonly [string, Partial<Table>, string]>([
    ['nobody is logged in', { isLoggedIn: false }, 'gh is not logged in to GitHub.\nLog in: gh auth login\n'],
    [
      'there is no remote',
      { remote: undefined },
      'This folder has no remote on GitHub.\nName the repository, by --repo owner/name, or add the remote: git remote add origin <url>\n',
    ],
  ])('says so where %s', async (_, table, output) => {
    expect(await examine(whole(), { table })).toEqual({ status: 2, output });
  });

  it('says so where gh is not installed', async () => {
    expect(await doctor(project, { PATH: temporary() })).toEqual({
      status: 2,
      output: 'gh, the CLI of GitHub, is not installed.\nInstall it: https://cli.github.com\n',
    });
  });

  it('says how it is used, and what is wrong with a command line', async () => {
    const { status, output } = await doctor(project, {}, ['--help']);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('Exit status:') });
    for (const args of [['--repo', 'todo'], ['--fix']])
      expect((await doctor(project, {}, args)).status).toBe(2);
  });
});
