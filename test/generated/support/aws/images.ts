import { createHash } from 'node:crypto';
import type {
  TodoAnswer,
  TodoRequest,
} from '../../../../templates/options/delivery-ecs/files/deploy/smoke/todo-service.ts';

/** What is in the registry, and how it behaves once it runs. */
export interface Image {
  readonly name: string;
  readonly digest: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly commit: string;
  readonly schema: string;
  /** Whether its tasks become healthy. */
  readonly starts: 'well' | 'never' | 'takes for ever' | 'when its processes are ready';
  /** The exit status of its migration, or what becomes of it instead. */
  readonly migration: number | 'hangs' | 'never starts' | 'runs as a process';
  /** What ECS says that its tasks run. */
  readonly reportedDigest: string;
  /** How `/version` answers the request with this number, where that is not well. */
  readonly answer?: (count: number) => { readonly status?: number; readonly commit?: string } | undefined;
  /** How it answers a request for todos, where that is not well; `does` is what it should do. */
  readonly todos?: (request: TodoRequest, does: () => TodoAnswer) => TodoAnswer;
}

export const FIRST_SCHEMA = 'CreateTodos1760000000000';

export function sha(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** An image that runs well; its name is its version. */
export function image(name: string, different: Partial<Image> = {}): Image {
  const commit = createHash('sha1').update(name).digest('hex');
  const schema = different.schema ?? FIRST_SCHEMA;
  const digest = sha(name);
  return {
    name,
    digest,
    commit,
    schema,
    starts: 'well',
    migration: 0,
    reportedDigest: digest,
    ...different,
    labels: {
      'org.opencontainers.image.version': name,
      'org.opencontainers.image.revision': commit,
      schema,
      'schema.oldest-code': FIRST_SCHEMA,
      'commit.time': new Date(Date.now() - 3_600_000).toISOString(),
      ...different.labels,
    },
  };
}

/** What an image is made of in a registry: an index of one platform and its provenance, as buildx pushes it. */
export function manifestsOf({ name, labels }: Image): ReadonlyMap<string, string> {
  const platform = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: configDigest(name), size: 2 },
    layers: [],
  });
  const entry = (digest: string, os: string, architecture: string) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest,
    size: 2,
    platform: { os, architecture },
  });
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      entry(platformDigest(name), 'linux', 'arm64'),
      entry(sha(`${name} provenance`), 'unknown', 'unknown'),
    ],
  });
  return new Map([
    [sha(name), index],
    [platformDigest(name), platform],
    [configDigest(name), JSON.stringify({ config: { Labels: labels } })],
  ]);
}

export function platformDigest(name: string): string {
  return sha(`${name} linux/arm64`);
}

function configDigest(name: string): string {
  return sha(`${name} configuration`);
}
