import { readService } from '#deploy/cloud/ecs';
import { readReleases } from '#deploy/cloud/parameters';
import { readImage } from '#deploy/cloud/registry';
import { soundingAlarms } from '#deploy/cloud/signals';
import type { Context } from '#deploy/context';
import { repositoryName, type ImageFacts } from '#deploy/core/image';
import type { Facts } from '#deploy/core/preflight';

/** What is known before anything is changed. */
export type Survey = Omit<Facts, 'build'>;

export async function survey({ cloud, deployment, path }: Context): Promise<Survey> {
  const [service, releases, sounding] = await Promise.all([
    cloud.do(readService(deployment)),
    cloud.do(readReleases(path)),
    cloud.do(soundingAlarms(deployment.rollbackAlarms)),
  ]);
  return { service, releases, sounding, now: new Date() };
}

export async function imageOf(
  { cloud, deployment }: Context,
  digest: string,
): Promise<ImageFacts | undefined> {
  return cloud.do(readImage(repositoryName(deployment.repositoryUrl), digest));
}
