import type { Feature } from '../../../packages/create-prod-forge/src/index.ts';
import type { Law } from './law.ts';

/** One owner per path: no two features that can meet write one path, or a file where another has a folder. */
export const oneOwnerPerPath: Law = ({ registry: { features } }) =>
  features.flatMap((feature, index) =>
    features
      .slice(index)
      .filter((other) => canMeet(feature, other))
      .flatMap((other) =>
        clashes(feature, other).map((path) => `${feature.id} and ${other.id} both write ${path}`),
      ),
  );

/** Two options of one group are never in one project. */
function canMeet(one: Feature, other: Feature): boolean {
  return one === other || !one.definition.group || one.definition.group.id !== other.definition.group?.id;
}

function clashes(one: Feature, other: Feature): readonly string[] {
  return one.files.flatMap(({ path }, index) =>
    other.files
      .filter((_, at) => one !== other || at > index)
      .filter((file) => isSameOrBelow(path, file.path) || isSameOrBelow(file.path, path))
      .map((file) => file.path),
  );
}

/** Case does not count: on macOS and Windows one would replace the other. */
function isSameOrBelow(path: string, ancestor: string): boolean {
  const [lower, upper] = [path.toLowerCase(), ancestor.toLowerCase()];
  return lower === upper || lower.startsWith(`${upper}/`);
}
