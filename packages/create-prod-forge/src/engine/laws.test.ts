import { brokenLaws } from './laws.ts';
import type { Feature } from './registry.ts';
import { feature, option, registryOf, textFile } from './testing/registry.ts';

const question = { id: 'region', title: 'Region', type: 'text', default: 'x' } as const;

describe('brokenLaws', () => {
  it('finds nothing in a sound registry', () => {
    const redis = option('cache', 'redis', { presets: ['full'] }, { files: [textFile('src/cache.ts', '')] });
    const memory = option('cache', 'memory', {}, { files: [textFile('src/cache.ts', '')] });
    expect(brokenLaws(registryOf(feature('api'), memory, redis))).toEqual([]);
  });

  it('lets an option without others be called like its group', () => {
    const definition = { group: { id: 'signals', title: 'Signals' }, option: 'all' };
    expect(brokenLaws(registryOf(feature('signals', definition)))).toEqual([]);
  });

  it.each<[string, readonly Feature[]]>([
    [
      'b: the path README.md already belongs to a',
      [
        feature('a', {}, { files: [textFile('README.md', '')] }),
        feature('b', {}, { files: [textFile('README.md', '')] }),
      ],
    ],
    [
      'b: the path readme.md already belongs to a',
      [
        feature('a', {}, { files: [textFile('README.md', '')] }),
        feature('b', {}, { files: [textFile('readme.md', '')] }),
      ],
    ],
    [
      'b: the kind "adrs" is already accepted by a',
      [feature('a', { accepts: { adrs: 'template' } }), feature('b', { accepts: { adrs: 'template' } })],
    ],
    [
      'wrong: the folder of --cache redis must be called cache-redis',
      [feature('wrong', { group: { id: 'cache', title: 'The cache' }, option: 'redis' })],
    ],
    [
      'cache: the folder of --cache redis must be called cache-redis',
      [
        feature('cache', { group: { id: 'cache', title: 'The cache' }, option: 'redis' }),
        option('cache', 'memory'),
      ],
    ],
    ['cache-none: "none" stands for no option and can\'t be one', [option('cache', 'none')]],
    [
      'cache-b: describes the group "cache" differently from cache-a',
      [option('cache', 'a'), option('cache', 'b', { group: { id: 'cache', title: 'Other' } })],
    ],
    [
      'cache-a and cache-b are both the choice of preset "full"',
      [option('cache', 'a', { presets: ['full'] }), option('cache', 'b', { presets: ['full'] })],
    ],
    [
      'group "db" is required, but preset "minimal" chooses none of it',
      [
        option('db', 'pg', {
          group: { id: 'db', title: 'Db', required: true },
          presets: ['standard', 'full'],
        }),
      ],
    ],
    ['shared: there is no group "cloud"', [feature('shared', { commonTo: 'cloud' })]],
    [
      'cache: what options share is no option itself',
      [option('cache', 'redis'), feature('cache', { commonTo: 'cache', presets: ['full'] })],
    ],
    [
      'b: the answer "region" is already taken by a',
      [feature('a', { questions: [question] }), feature('b', { questions: [question] })],
    ],
    ['a: the answer "preset" is reserved', [feature('a', { questions: [{ ...question, id: 'preset' }] })]],
    [
      'a: names the feature ghost, which does not exist',
      [feature('a', { requires: [{ feature: 'ghost', because: 'so' }] })],
    ],
    ['a+ghost: there is no feature ghost', [feature('a'), feature('a+ghost', {}, { pair: ['a', 'ghost'] })]],
  ])('says: %s', (sentence, features) => {
    expect(brokenLaws(registryOf(...features))).toEqual([sentence]);
  });
});
