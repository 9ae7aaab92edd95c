import { readFileSync } from 'node:fs';
import { chosenConfigurations } from './terraform.mjs';
import { readConfiguration } from './policy/blocks.mjs';

interface CustomManager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}

const IMAGE = /"([a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^"\s:@]+[:@][^"\s]+)"/g;
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What the update bot finds in a file: images with their versions and digests. */
function found(path: string, text: string): Record<string, string>[] {
  const { customManagers } = JSON.parse(readFileSync('renovate.json', 'utf8')) as {
    customManagers: CustomManager[];
  };
  return customManagers
    .filter(({ managerFilePatterns }) =>
      managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path)),
    )
    .flatMap(({ matchStrings }) => matchStrings)
    .flatMap((match) => [...text.matchAll(new RegExp(match, 'g'))].map(({ groups = {} }) => groups));
}

describe('the images that Terraform names', () => {
  let files: { path: string; text: string }[];

  beforeAll(async () => {
    const blocks = (await Promise.all(chosenConfigurations([]).map(readConfiguration))).flat();
    files = blocks
      .filter(({ kind }) => kind === 'file')
      .map(({ where, text = '' }) => ({ path: where, text }));
  });

  const named = () => files.flatMap(({ text }) => [...text.matchAll(IMAGE)].map(([, image = '']) => image));

  it('are all kept by the update bot, which adds their digests', () => {
    const kept = files
      .flatMap(({ path, text }) => found(path, text))
      .map(({ depName, currentValue, currentDigest }) =>
        [`${depName}:${currentValue}`, currentDigest].filter(Boolean).join('@'),
      );
    expect(named().length).toBeGreaterThan(0);
    expect(kept.sort()).toEqual(named().sort());
  });

  it('can have a digest, which the update bot then renews', () => {
    const line = `default = "docker.io/grafana/loki:3.7.7@${DIGEST}"`;
    expect(found('infra/modules/any/variables.tf', line)).toEqual([
      { depName: 'docker.io/grafana/loki', currentValue: '3.7.7', currentDigest: DIGEST },
    ]);
  });

  it('are those that the guide copies into the registry', () => {
    const guide = readFileSync('docs/first-deploy.md', 'utf8');
    const images = [...new Set(named().map((image) => image.replace(/@.*/, '')))];
    expect(images.filter((image) => !new RegExp(`${image}(@\\S+)?$`, 'm').test(guide))).toEqual([]);
  });
});
