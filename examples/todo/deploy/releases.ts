import { readService } from '#deploy/cloud/ecs';
import { readReleases } from '#deploy/cloud/parameters';
import type { Context } from '#deploy/context';
import { listing, tableOf } from '#deploy/core/listing';

/** Lists the releases of an environment. */
export async function releases({ args, cloud, deployment, path }: Context): Promise<void> {
  const [service, found] = await Promise.all([
    cloud.do(readService(deployment)),
    cloud.do(readReleases(path)),
  ]);
  const rows = listing(found, service?.taskDefinition ?? '');
  const text = args.json ? JSON.stringify(rows, undefined, 2) : tableOf(rows);
  process.stdout.write(`${text}\n`);
}
