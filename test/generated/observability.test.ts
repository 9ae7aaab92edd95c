import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { LONELY_MISTAKES, MISTAKES, type Mistake } from './observability-mistakes.ts';
import { execute, node24Environment, renderInstalled, type Finished } from './support/example.ts';

async function verify(project: string): Promise<Finished> {
  return execute(['node', 'scripts/observability/verify.mjs'], {
    cwd: project,
    env: await node24Environment(),
  });
}

function make({ file, text, by }: Mistake, project: string): void {
  const path = join(project, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(text);
  writeFileSync(
    path,
    before.replace(text, () => by),
  );
}

/** The lines of the output that name the place of a mistake. */
function told({ file, at = file, line }: Mistake, project: string, output: string): readonly string[] {
  if (line === undefined) return output.split('\n').filter((text) => text.includes(at));
  const index = readFileSync(join(project, at), 'utf8')
    .split('\n')
    .findIndex((text) => text.includes(line));
  const place = new RegExp(`${at}:\\s?${index + 1}[:,]`);
  return output.split('\n').filter((text) => place.test(text));
}

describe('the check of what watches the service', () => {
  let project: string;
  let result: Finished;

  beforeAll(async () => {
    project = await renderInstalled(temporary());
    for (const mistake of MISTAKES) make(mistake, project);
    result = await verify(project);
  });

  it('fails where there are mistakes', () => {
    expect(result).toMatchObject({ status: 1 });
  });

  it.each(MISTAKES)('tells $mistake, and where it is', (mistake) => {
    expect(result.output).toContain(mistake.refusal);
    expect(told(mistake, project, result.output).length).toBeGreaterThan(0);
  });

  it.each(LONELY_MISTAKES)('tells $mistake, and where it is', async (mistake) => {
    const other = await renderInstalled(temporary());
    make(mistake, other);
    const { status, output } = await verify(other);
    expect({ status, told: told(mistake, other, output) }).toEqual({
      status: 1,
      told: expect.arrayContaining([expect.stringContaining(mistake.refusal)]),
    });
  });
});

describe('the alerts of an option', () => {
  const RULES = 'observability/prometheus/rules/redis.yaml';
  const RUNBOOK = 'docs/runbooks/redis-unreachable.md';

  it.each([
    ['grafana', true],
    ['none', false],
  ])('come with it where observability is %s: %s', async (observability, there) => {
    const cwd = temporary();
    const flags = ['--cache', 'redis', '--infra', 'none', '--observability', observability];
    expect(await run(['my-api', ...flags, ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    const project = join(cwd, 'my-api');
    expect([RULES, RUNBOOK].map((file) => existsSync(join(project, file)))).toEqual([there, there]);
    const table = join(project, 'docs/runbooks/README.md');
    expect(existsSync(table) && readFileSync(table, 'utf8').includes('| `RedisUnreachable` | ticket |')).toBe(
      there,
    );
  });
});
