import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { defineFeature, type FeatureDefinition } from '../feature.ts';
import type { Feature, FeatureFile, Registry } from '../registry.ts';
import type { TemplateSpecification } from '../template.ts';

/** A registry of small features, for tests: nothing in it is on disk. */
export function registryOf(...features: readonly Feature[]): Registry {
  return { version: '1.2.3', features: [packageManager, ...features] };
}

/** A feature with what the test gives; everything else empty. */
export function feature(
  id: string,
  definition: Partial<FeatureDefinition> = {},
  rest: Partial<Omit<Feature, 'id' | 'definition'>> = {},
): Feature {
  return {
    id,
    definition: defineFeature({ title: id, summary: `Adds ${id}.`, ...definition }),
    checks: [],
    manifest: { dependencies: {}, devDependencies: {} },
    readme: '',
    files: [],
    ...rest,
  };
}

/** An option of a group, in the folder `<group>-<option>`. */
export function option(
  group: string,
  id: string,
  definition: Partial<FeatureDefinition> = {},
  rest: Partial<Omit<Feature, 'id' | 'definition'>> = {},
): Feature {
  return feature(
    `${group}-${id}`,
    { group: { id: group, title: `The ${group}` }, option: id, ...definition },
    rest,
  );
}

/** A file copied as it is. */
export function textFile(path: string, text: string, kind?: FeatureFile['kind']): FeatureFile {
  return { path, ...(kind ? { kind } : {}), source: { type: 'text', text } };
}

/** A file rendered by Handlebars, compiled as the build does. */
export function templateFile(path: string, text: string): FeatureFile {
  return { path, source: { type: 'template', template: compile(text) } };
}

/** Handlebars source as the build's output. */
function compile(text: string): TemplateSpecification {
  const code = Handlebars.precompile(text, { strict: true, noEscape: true }) as string;
  return runInThisContext(`(${code})`) as TemplateSpecification;
}

const packageManager = feature('package-manager-npm', {
  group: { id: 'package-manager', title: 'Package manager', required: true },
  option: 'npm',
  presets: ['minimal', 'standard', 'full'],
  packageManager: {
    name: 'npm',
    version: '11.0.0',
    lockfile: 'package-lock.json',
    manifests: ['package.json', 'package-lock.json'],
    setup: '',
    install: 'npm install',
    ci: 'npm ci',
    ciProduction: 'npm ci --omit=dev',
    runPrefix: 'npm run',
  },
});
