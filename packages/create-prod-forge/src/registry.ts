import { type Feature, type Registry } from './engine/registry.ts';

/** Set by the build. */
declare const GENERATOR_VERSION: string;

export const generatorVersion = GENERATOR_VERSION;

/** Loads the features that the build compiled into the file beside this bundle. */
export async function loadRegistry(): Promise<Registry> {
  const beside = new URL('./templates.js', import.meta.url).href;
  const { default: features } = (await import(beside)) as { default: readonly Feature[] };
  return { version: generatorVersion, features };
}
