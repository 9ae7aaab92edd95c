import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from './policy/blocks.mjs';

const ENVIRONMENTS = join('infra', 'environments');
const [first = '', ...others] = readdirSync(ENVIRONMENTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What a root says, but for its values: of calls of modules and of its provider the names of arguments, and those within them. */
async function shapeOf(environment: string): Promise<unknown> {
  const blocks = await readConfiguration(join(ENVIRONMENTS, environment));
  return blocks.map(({ kind, name, body }) => {
    if (kind === 'module') return { kind, name, source: body.source as unknown, arguments: namesIn(body) };
    const isValue = kind === 'provider' || 'backend' in body;
    return { kind, name, body: isValue ? namesIn(body) : body };
  });
}

function namesIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, namesIn(part)]));
}

describe.each(others)(`%s and ${first}`, (other) => {
  it('differ in values only', async () => {
    const shape = await shapeOf(first);
    expect(shape).toContainEqual(expect.objectContaining({ kind: 'module', name: 'environment' }));
    expect(await shapeOf(other)).toEqual(shape);
  });
});

describe.each([first, ...others])('the tasks of %s', (environment) => {
  it('have the memory with which the image is put under load, at the least', async () => {
    const [, tried] = /^ +mem_limit: (\d+)m$/m.exec(readFileSync('compose.yaml', 'utf8')) ?? [];
    const blocks = await readConfiguration(join(ENVIRONMENTS, environment));
    const call = blocks.find(({ kind, name }) => kind === 'module' && name === 'environment');
    expect((call?.body.tasks as { memory_mib: number }).memory_mib).toBeGreaterThanOrEqual(Number(tried));
  });
});
