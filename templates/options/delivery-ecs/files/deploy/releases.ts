import { readService } from '#deploy/cloud/ecs';
import { readReleases } from '#deploy/cloud/parameters';
import type { Context } from '#deploy/context';
import { figuresOf, figuresText } from '#deploy/core/dora';
import { listing, tableOf } from '#deploy/core/listing';

/** Lists the releases of an environment. */
export async function releases({
  args,
  cloud,
  deployment,
  path,
}: Pick<Context, 'args' | 'cloud' | 'deployment' | 'path'>): Promise<void> {
  const [service, found] = await Promise.all([
    cloud.do(readService(deployment)),
    cloud.do(readReleases(path)),
  ]);
  const asText = <T>(value: T, text: (value: T) => string) =>
    args.json ? JSON.stringify(value, undefined, 2) : text(value);
  const text =
    args.days === undefined
      ? asText(listing(found, service?.taskDefinition ?? ''), tableOf)
      : asText(figuresOf(found, args.days, new Date()), (figures) => figuresText(args.environment, figures));
  process.stdout.write(`${text}\n`);
}
