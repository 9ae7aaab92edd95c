import type { Build } from '#deploy/core/release';

export interface ImageFacts {
  readonly build: Build;
  /** What a task may name as the digest of its image: of what was pushed, and of each platform in it. */
  readonly digests: readonly string[];
}

export interface Manifest {
  readonly mediaType: string;
  /** Digests of the images for each platform; empty where this is such an image. */
  readonly platforms: readonly string[];
  /** Digest of the configuration, which has the labels; absent where there are platforms. */
  readonly config: string | undefined;
}

interface Entry {
  readonly digest: string;
  readonly platform?: { readonly os?: string };
}

/** Reads an OCI or Docker manifest, or an index of them. What is attached to an image (provenance, SBOM) is for no platform. */
export function manifestIn(text: string | undefined): Manifest {
  const { mediaType, manifests, config } = JSON.parse(text ?? '{}') as {
    mediaType?: string;
    manifests?: readonly Entry[];
    config?: { digest?: string };
  };
  const platforms = (manifests ?? []).filter(({ platform }) => platform?.os !== 'unknown');
  return {
    mediaType: mediaType ?? '',
    platforms: platforms.map(({ digest }) => digest),
    config: config?.digest,
  };
}

const LABELS = {
  commit: 'org.opencontainers.image.revision',
  version: 'org.opencontainers.image.version',
  schema: 'schema',
  oldestCode: 'schema.oldest-code',
} as const;
const COMMITTED_AT = 'commit.time';

/** Reads the labels of an image; throws an Error that names what it lacks. */
export function buildFrom(digest: string, labels: Readonly<Record<string, string>>): Build {
  const missing = Object.values(LABELS).filter((label) => !labels[label] || labels[label] === 'unknown');
  if (missing.length > 0)
    throw new Error(`The image ${digest} does not say what it is: it has no label ${missing.join(', no ')}.`);
  const committedAt = labels[COMMITTED_AT];
  const of = (key: keyof typeof LABELS): string => labels[LABELS[key]] ?? '';
  return {
    digest,
    commit: of('commit'),
    version: of('version'),
    schema: of('schema'),
    oldestCode: of('oldestCode'),
    ...(committedAt !== undefined && { committedAt }),
  };
}

/** The tag that keeps an image for good. */
export function releaseTag(digest: string): string {
  return `release-${digest.slice('sha256:'.length, 'sha256:'.length + 16)}`;
}

/** The name of the repository in its URL. */
export function repositoryName(url: string): string {
  return url.slice(url.indexOf('/') + 1);
}
