import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import {
  allCombinations,
  factorsOf,
  pairwise,
  validOnes,
  type Configuration,
} from './support/configurations.ts';
import { execute, node24Environment, runNpm, type Finished } from './support/example.ts';
import { TEMPLATES } from './support/generator.ts';
import { projectOf, worldOf, type World } from './support/world.ts';

/** The packages that the check needs, as the projects depend on them. */
const packages = temporary();
let world: World;

beforeAll(async () => {
  cpSync(join(root, 'templates', 'workflows', 'package.json'), join(packages, 'package.json'));
  const installed = await runNpm(['install', '--no-audit', '--no-fund'], packages);
  if (installed.status !== 0) throw new Error(installed.output);
  world = await worldOf(TEMPLATES);
});

/** A rendered project, in a folder whose packages are those of the check. */
async function rendered(configuration: Configuration = {}): Promise<string> {
  const cwd = temporary();
  const flags = Object.entries(configuration).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  const { status, stderr } = await run(['my-api', ...flags, ...RENDER_ONLY], { cwd });
  if (status !== 0) throw new Error(stderr);
  const project = join(cwd, 'my-api');
  symlinkSync(join(packages, 'node_modules'), join(project, 'node_modules'), 'junction');
  return project;
}

async function lint(project: string): Promise<Finished> {
  return execute(['node', 'scripts/workflows/lint.mjs'], { cwd: project, env: await node24Environment() });
}

describe('the workflows', () => {
  it('are valid and hardened, whatever is chosen', async () => {
    const all = allCombinations(factorsOf(world.registry));
    const configurations = pairwise(await validOnes(world.generator.api, all));
    expect(configurations.length).toBeGreaterThan(3);
    for (const configuration of configurations) {
      const { status, output } = await lint(await rendered(configuration));
      expect({ configuration, status, output }).toEqual({
        configuration,
        status: 0,
        output: expect.stringMatching(/^\d+ files, 0 problems\n$/),
      });
    }
  });

  it('run actions at the commits of their versions, with inputs that these have', async () => {
    // An action within a repository (github/codeql-action/init) has inputs of its own, and the commit of the repository.
    const pins = JSON.parse(
      readFileSync(join(import.meta.dirname, 'fixtures', 'action-pins.json'), 'utf8'),
    ) as readonly { action: string; version: string; sha: string; inputs: readonly string[] }[];
    const { files } = await projectOf(world.generator.api, { preset: 'full' });
    const uses = [...files]
      .filter(([path]) => path.startsWith('.github/'))
      .flatMap(([path, content]) => [...usesIn(content.toString())].map((use) => ({ path, ...use })));
    expect(uses.length).toBeGreaterThan(10);
    for (const { path, action, sha, version, inputs } of uses) {
      const pin = pins.find((candidate) => candidate.action === action);
      expect({ path, action, sha, version }).toEqual({ path, action, sha: pin?.sha, version: pin?.version });
      expect({ path, action, unknown: inputs.filter((input) => !pin?.inputs.includes(input)) }).toEqual({
        path,
        action,
        unknown: [],
      });
    }
  });

  function* usesIn(
    text: string,
  ): Generator<{ action: string; sha: string; version: string; inputs: string[] }> {
    const pattern =
      /uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (\S+)\n((?: +(?:if|with|name):.*\n(?: {10,}.*\n)*)*)/g;
    for (const [, action = '', sha = '', version = '', rest = ''] of text.matchAll(pattern)) {
      const block = /with:\n((?: {10}\S.*\n?)+)/.exec(rest)?.[1] ?? '';
      yield {
        action,
        sha,
        version,
        inputs: [...block.matchAll(/^ {10}([\w-]+):/gm)].map(([, name = '']) => name),
      };
    }
  }
});

/** What somebody may write one day, by what is wrong with it. */
const VIOLATIONS: Readonly<
  Record<
    string,
    { readonly file: string; readonly text: string; readonly by: string; readonly problem: string }
  >
> = {
  'an action by its tag': {
    file: 'cd.yml',
    text: 'docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0',
    by: 'docker/setup-buildx-action@v4',
    problem: 'needs its commit',
  },
  'rights for the whole workflow': {
    file: 'ci.yml',
    text: 'permissions: {}',
    by: 'permissions: read-all',
    problem: 'permissions of the workflow must be {}',
  },
  'a job that may run for six hours': {
    file: 'rollback.yml',
    text: '    timeout-minutes: 60\n',
    by: '',
    problem: 'needs timeout-minutes',
  },
  'a release that a newer one cancels': {
    file: 'cd.yml',
    text: 'cancel-in-progress: false',
    by: 'cancel-in-progress: true',
    problem: 'must not be cancelled half-way',
  },
  'a release beside another one': {
    file: 'rollback.yml',
    text: '    concurrency:\n      group: release-${{ inputs.environment }}\n      cancel-in-progress: false # a release that is cancelled half-way helps nobody\n',
    by: '',
    problem: 'it needs a concurrency group',
  },
  'an input within a script': {
    file: 'rollback.yml',
    text: '--environment "$ENVIRONMENT"',
    by: '--environment ${{ inputs.environment }}',
    problem: 'hand it over by env',
  },
  'a key that lives for ever': {
    file: 'cd.yml',
    text: 'role-to-assume: ${{ vars.AWS_DEPLOY_ROLE_ARN }}',
    by: 'aws-access-key-id: ${{ secrets.AWS_ACCESS_KEY_ID }}',
    problem: 'take a role',
  },
  'the token of the checkout': {
    file: 'ci.yml',
    text: 'persist-credentials: false',
    by: 'persist-credentials: true',
    problem: 'persist-credentials must be false',
  },
  'a role for forks': {
    file: 'infra.yml',
    text: '    if: github.event.pull_request.head.repo.full_name == github.repository\n',
    by: '',
    problem: 'a pull request of a fork gets no role',
  },
  'the trigger for strangers': {
    file: 'ci.yml',
    text: '  pull_request:\n',
    by: '  pull_request_target:\n',
    problem: 'runs what strangers write',
  },
  'a right without a reason': {
    file: 'drift.yml',
    text: 'issues: write # to say what has drifted',
    by: 'issues: write',
    problem: 'issues needs a comment',
  },
  'secrets in the log': {
    file: 'rollback.yml',
    text: 'run: exec node deploy/cli.ts rollback',
    by: 'run: set -x; exec node deploy/cli.ts rollback',
    problem: 'set -x writes secrets into the log',
  },
  'a job that nobody finds by its name': {
    file: 'security.yml',
    text: '    name: zizmor, of the pipelines\n',
    by: '',
    problem: 'needs a name',
  },
  'a workflow that may run twice at once': {
    file: 'drift.yml',
    text: 'concurrency:\n  group: drift\n  cancel-in-progress: false # two at once would open two issues\n',
    by: '',
    problem: 'what if two runs come at once?',
  },
  'a group that does not say which run waits': {
    file: 'security.yml',
    text: '  cancel-in-progress: true\n',
    by: '',
    problem: 'does the newer run wait',
  },
  'a gate that a failure goes around': {
    file: 'ci.yml',
    text: '    if: always()\n',
    by: '',
    problem: 'is skipped after a failure',
  },
  'a job that the gate does not wait for': {
    file: 'ci.yml',
    text: '      - secrets\n',
    by: '',
    problem: 'does not wait for secrets',
  },
  'a need for a job that is not there': {
    file: 'cd.yml',
    text: 'needs: [checks, build]',
    by: 'needs: [tests, build]',
    problem: 'which does not exist',
  },
  'a variable that the shell splits': {
    file: 'cd.yml',
    text: '--image "$IMAGE"',
    by: '--image $IMAGE',
    problem: 'Double quote',
  },
};

describe('the check of the workflows', () => {
  let pristine: string;

  beforeAll(async () => {
    pristine = await rendered();
  });

  it.each(Object.entries(VIOLATIONS))('finds %s', async (_, { file, text, by, problem }) => {
    const path = join(pristine, '.github', 'workflows', file);
    const before = readFileSync(path, 'utf8');
    expect(before).toContain(text);
    writeFileSync(
      path,
      before.replace(text, () => by),
    );
    try {
      const { status, output } = await lint(pristine);
      expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(problem) });
    } finally {
      writeFileSync(path, before);
    }
  });
});
