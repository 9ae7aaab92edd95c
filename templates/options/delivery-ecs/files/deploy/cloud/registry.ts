import {
  BatchGetImageCommand,
  GetDownloadUrlForLayerCommand,
  PutImageCommand,
  type Image,
} from '@aws-sdk/client-ecr';
import type { Call } from '#deploy/cloud/cloud';
import { buildFrom, manifestIn, type ImageFacts, type Manifest } from '#deploy/core/image';

/** What the registry knows of an image; undefined where it has none with this digest. */
export function readImage(repository: string, digest: string): Call<ImageFacts | undefined> {
  return async (clients, signal) => {
    const pushed = await getImage(repository, digest)(clients, signal);
    if (!pushed) return undefined;
    const top = manifestIn(pushed.imageManifest);
    const platforms = top.platforms;
    // Of several platforms all are built from the same commit: the labels of the first one say it.
    const one =
      platforms[0] === undefined ? pushed : await getImage(repository, platforms[0])(clients, signal);
    const config = one && manifestIn(one.imageManifest).config;
    if (config === undefined)
      throw new Error(`The image ${digest} has no configuration to read its labels from.`);
    const labels = await readLabels(repository, config)(clients, signal);
    return { build: buildFrom(digest, labels), digests: [digest, ...platforms] };
  };
}

/** Gives an image a tag that never expires: whoever has it already is fine. */
export function protectImage(repository: string, digest: string, tag: string): Call<void> {
  return async (clients, signal) => {
    const image = await getImage(repository, digest)(clients, signal);
    if (!image) throw new Error(`The registry has no image ${digest} any more.`);
    try {
      await clients.registry.send(
        new PutImageCommand({
          repositoryName: repository,
          imageManifest: image.imageManifest,
          imageManifestMediaType: image.imageManifestMediaType,
          imageDigest: digest,
          imageTag: tag,
        }),
        { abortSignal: signal },
      );
    } catch (error) {
      if ((error as Error).name !== 'ImageAlreadyExistsException') throw error;
    }
  };
}

const ACCEPTED: readonly Manifest['mediaType'][] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

function getImage(repository: string, digest: string): Call<Image | undefined> {
  return async ({ registry }, abortSignal) => {
    const { images } = await registry.send(
      new BatchGetImageCommand({
        repositoryName: repository,
        imageIds: [{ imageDigest: digest }],
        acceptedMediaTypes: [...ACCEPTED],
      }),
      { abortSignal },
    );
    return images?.[0];
  };
}

function readLabels(repository: string, config: string): Call<Readonly<Record<string, string>>> {
  return async ({ registry }, abortSignal) => {
    const { downloadUrl } = await registry.send(
      new GetDownloadUrlForLayerCommand({ repositoryName: repository, layerDigest: config }),
      { abortSignal },
    );
    const response = await fetch(downloadUrl ?? '', { signal: abortSignal });
    if (!response.ok) throw new Error(`The registry answers ${response.status} for the labels of the image.`);
    const { config: settings } = (await response.json()) as { config?: { Labels?: Record<string, string> } };
    return settings?.Labels ?? {};
  };
}
