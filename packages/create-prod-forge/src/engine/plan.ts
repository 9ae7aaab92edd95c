import { collectContributions, ownersOfKinds, type AllContributions } from './contributions.ts';
import { compareText, type Feature, type FeatureFile } from './registry.ts';
import type { Resolution } from './resolve.ts';

/** One path of the rendered project and the feature that owns it. */
export interface PlannedFile {
  readonly path: string;
  readonly feature: Feature;
  readonly file: FeatureFile;
}

/** Everything that rendering needs; nothing is read or decided after this. */
export interface Plan {
  readonly generatorVersion: string;
  readonly resolution: Resolution;
  readonly contributions: AllContributions;
  /** Sorted by path. */
  readonly files: readonly PlannedFile[];
}

/** Lays out which feature gives which file and joins the contributions. */
export function makePlan(generatorVersion: string, resolution: Resolution): Plan {
  const owners = ownersOfKinds(resolution.features);
  const files = resolution.features
    .flatMap((feature) =>
      feature.files
        .filter(({ kind }) => kind === undefined || owners.has(kind))
        .map((file) => ({ path: file.path, feature, file })),
    )
    .sort((a, b) => compareText(a.path, b.path));
  return { generatorVersion, resolution, contributions: collectContributions(resolution), files };
}
