import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from './policy/blocks.mjs';

const ENVIRONMENTS = join('infra', 'environments');
const [first = '', ...others] = readdirSync(ENVIRONMENTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What a call of a module says, without the values: the names of arguments, and those within them. */
async function callsOf(environment: string): Promise<unknown> {
  const blocks = await readConfiguration(join(ENVIRONMENTS, environment));
  return blocks
    .filter(({ kind }) => kind === 'module')
    .map(({ name, body }) => ({ name, source: body.source as unknown, arguments: namesIn(body) }));
}

function namesIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, namesIn(part)]));
}

describe.each(others)(`%s and ${first}`, (other) => {
  it('differ in values only', async () => {
    expect(await callsOf(other)).toEqual(await callsOf(first));
  });

  it.each(['outputs.tf', 'variables.tf', 'versions.tf'])('have the same %s', (file) => {
    const text = (environment: string) => readFileSync(join(ENVIRONMENTS, environment, file), 'utf8');
    expect(text(other)).toBe(text(first));
  });
});
