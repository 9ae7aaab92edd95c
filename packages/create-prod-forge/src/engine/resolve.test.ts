import { InputError } from './errors.ts';
import type { Answers } from './answers.ts';
import type { Registry } from './registry.ts';
import { resolve } from './resolve.ts';
import { feature, option, registryOf } from './testing/registry.ts';

const registry = registryOf(
  feature('api', {
    questions: [{ id: 'description', title: 'Description', type: 'text', default: 'A service' }],
  }),
  option('cache', 'memory'),
  option('cache', 'redis', { presets: ['full'] }),
  option('deploy', 'blue-green', {
    requires: [{ feature: 'infra-terraform', because: 'it shifts traffic between two target groups' }],
  }),
  option('deploy', 'rolling', {
    presets: ['standard', 'full'],
    requires: [{ feature: 'infra-terraform', because: 'it updates a service that Terraform made' }],
  }),
  option('infra', 'terraform', {
    presets: ['standard', 'full'],
    questions: [
      {
        id: 'region',
        title: 'AWS region',
        type: 'text',
        default: 'eu-central-1',
        pattern: '[a-z]{2}-[a-z]+-\\d',
        expected: 'an AWS region such as eu-central-1',
      },
    ],
  }),
  option('limit', 'local', {
    conflicts: [{ feature: 'cache-redis', because: 'limits would differ between tasks' }],
  }),
  option('limit', 'shared', {
    implies: [{ feature: 'cache-redis', because: 'it keeps its counters there' }],
  }),
);

const ids = (answers: Answers, from: Registry = registry): readonly string[] =>
  resolve(from, { name: 'my-api', ...answers }).features.map(({ id }) => id);

function problem(answers: Answers, from: Registry = registry): InputError {
  try {
    resolve(from, { name: 'my-api', ...answers });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('resolved without a problem');
}

describe('resolve', () => {
  it('takes the standard preset where nothing is answered', () => {
    expect(ids({})).toEqual(['package-manager-npm', 'api', 'deploy-rolling', 'infra-terraform']);
  });

  it('lets an explicit answer win over the preset', () => {
    expect(ids({ preset: 'full', cache: 'none' })).not.toContain('cache-redis');
    expect(ids({ preset: 'minimal', cache: 'memory' })).toContain('cache-memory');
  });

  it('records every group and the answers of chosen features only', () => {
    expect(resolve(registry, { name: 'my-api', preset: 'minimal' }).answers).toEqual({
      name: 'my-api',
      'package-manager': 'npm',
      cache: 'none',
      deploy: 'none',
      infra: 'none',
      limit: 'none',
      description: 'A service',
    });
  });

  it('adds what a chosen feature implies, and says why', () => {
    const { features, notes } = resolve(registry, { name: 'my-api', limit: 'shared' });
    expect(features.map(({ id }) => id)).toContain('cache-redis');
    expect(notes).toContain('added cache-redis [due to limit-shared]');
  });

  it('does not imply against an explicit answer', () => {
    expect(ids({ limit: 'shared', cache: 'none' })).not.toContain('cache-redis');
  });

  it('withdraws what only the preset wanted when an answer rules it out, and says why', () => {
    const { features, notes } = resolve(registry, { name: 'my-api', infra: 'none' });
    expect(features.map(({ id }) => id)).toEqual(['package-manager-npm', 'api']);
    expect(notes).toEqual([
      'left out deploy-rolling [it needs infra-terraform: it updates a service that Terraform made]',
    ]);
  });

  it('explains an unmet requirement of an explicit choice', () => {
    const { what, remedy, code, exitStatus } = problem({ deploy: 'blue-green', infra: 'none' });
    expect(code).toBe('unmet-requirement');
    expect(exitStatus).toBe(2);
    expect(what).toBe(
      '--deploy blue-green needs --infra terraform: it shifts traffic between two target groups.',
    );
    expect(remedy).toBe('Add --infra terraform, or choose another --deploy (none, rolling).');
  });

  it('explains a conflict', () => {
    expect(problem({ limit: 'local', cache: 'redis' }).what).toBe(
      '--limit local conflicts with --cache redis: limits would differ between tasks.',
    );
  });

  it('refuses an answer to a question that nobody asks', () => {
    expect(problem({ infra: 'none', region: 'eu-west-1' }).what).toBe(
      '--region belongs to --infra terraform, which is not chosen.',
    );
  });

  it('checks an answer against the form that the question asks for', () => {
    expect(problem({ region: 'mars' }).remedy).toBe('Give an AWS region such as eu-central-1.');
    expect(problem({ description: 'two\nlines' }).code).toBe('invalid-answer');
  });

  it('suggests the nearest name', () => {
    expect(problem({ cache: 'reddis' }).remedy).toContain('Did you mean "redis"?');
    expect(problem({ infr: 'terraform' }).remedy).toContain('Did you mean "infra"?');
    expect(problem({ preset: 'standart' }).remedy).toContain('Did you mean "standard"?');
  });

  it('lists every problem at once', () => {
    expect(problem({ cache: 'reddis', infr: 'x', preset: 'big' }).details).toHaveLength(3);
  });

  it('says which options imply different things', () => {
    const clashing = registryOf(
      option('a', 'one', { implies: [{ feature: 'c-x', because: 'so' }] }),
      option('b', 'two', { implies: [{ feature: 'c-y', because: 'so' }] }),
      option('c', 'x'),
      option('c', 'y'),
    );
    expect(problem({ a: 'one', b: 'two' }, clashing).what).toBe('The chosen options imply both c-x and c-y.');
    expect(ids({ a: 'one', b: 'two', c: 'x' }, clashing)).toContain('c-x');
  });

  it('turns on a pair exactly when both halves are on', () => {
    const paired = registryOf(
      option('a', 'one'),
      option('b', 'two'),
      feature('a-one+b-two', {}, { pair: ['a-one', 'b-two'] }),
    );
    expect(ids({ a: 'one' }, paired)).not.toContain('a-one+b-two');
    expect(ids({ a: 'one', b: 'two' }, paired)).toContain('a-one+b-two');
  });

  it('turns on a pair with what the options of a group share, with any of them', () => {
    const paired = registryOf(
      feature('infra', { commonTo: 'infra' }),
      option('cache', 'one'),
      option('infra', 'cloud'),
      option('infra', 'metal'),
      feature('cache-one+infra', {}, { pair: ['cache-one', 'infra'] }),
    );
    for (const infra of ['cloud', 'metal'])
      expect(ids({ cache: 'one', infra }, paired)).toContain('cache-one+infra');
    expect(ids({ cache: 'one', infra: 'none' }, paired)).not.toContain('cache-one+infra');
    expect(ids({ cache: 'none', infra: 'cloud' }, paired)).not.toContain('cache-one+infra');
  });

  it('brings what the options of a group share along with any of them, with its questions', () => {
    const network = feature('network', {
      commonTo: 'infra',
      questions: [{ id: 'zones', title: 'Zones', type: 'text', default: '3' }],
    });
    const shared = registryOf(network, option('infra', 'cloud'), option('infra', 'metal'));
    expect(ids({ infra: 'cloud' }, shared)).toContain('network');
    expect(ids({ infra: 'metal' }, shared)).toContain('network');
    expect(ids({ infra: 'none' }, shared)).not.toContain('network');
    expect(resolve(shared, { name: 'my-api', infra: 'metal' }).answers).toMatchObject({ zones: '3' });
    expect(problem({ infra: 'none', zones: '2' }, shared).what).toBe(
      '--zones belongs to --infra, which is not chosen.',
    );
  });

  it('knows by which group what its options share is there', () => {
    const shared = registryOf(
      feature('network', { commonTo: 'infra', implies: [{ feature: 'deploy-rolling', because: 'so' }] }),
      option('infra', 'cloud', { presets: ['standard'] }),
      option('deploy', 'rolling', {
        presets: ['standard'],
        requires: [{ feature: 'network', because: 'it goes there' }],
      }),
    );
    expect(ids({}, shared)).toEqual(['package-manager-npm', 'network', 'infra-cloud', 'deploy-rolling']);
    expect(ids({ preset: 'minimal', infra: 'cloud' }, shared)).toContain('deploy-rolling');
    expect(ids({ deploy: 'none' }, shared)).not.toContain('deploy-rolling');
    expect(ids({ infra: 'none' }, shared)).toEqual(['package-manager-npm']);
    expect(problem({ infra: 'none', deploy: 'rolling' }, shared).what).toBe(
      '--deploy rolling needs --infra: it goes there.',
    );
  });

  it('does not depend on the order of the answers', () => {
    const answers = Object.entries({
      limit: 'shared',
      cache: 'redis',
      infra: 'terraform',
      deploy: 'blue-green',
      preset: 'full',
    });
    const expected = resolve(registry, { name: 'my-api', ...Object.fromEntries(answers) });
    for (let shift = 0; shift < answers.length; shift += 1) {
      const rotated = [...answers.slice(shift), ...answers.slice(0, shift)].reverse();
      expect(resolve(registry, { ...Object.fromEntries(rotated), name: 'my-api' })).toEqual(expected);
    }
  });
});
