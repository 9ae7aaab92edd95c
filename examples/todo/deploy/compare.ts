import { readTraffic } from '#deploy/cloud/traffic';
import type { Context } from '#deploy/context';
import type { Finding } from '#deploy/core/health';
import { whyNotCompared, worseThanBefore, type Traffic } from '#deploy/core/traffic';
import type { Survey } from '#deploy/survey';

/** What users get from what runs; undefined where there is no balancer to count it. */
export async function trafficBefore(
  { cloud, settings }: Context,
  { service, now }: Survey,
): Promise<Traffic | undefined> {
  const group = service?.loadBalancers?.[0]?.targetGroupArn;
  if (group === undefined) return undefined;
  const from = new Date(now.getTime() - settings.bakeSeconds * 1000);
  return cloud.do(readTraffic(group, { from, to: now }));
}

interface Comparison {
  /** In what users get less than before. */
  readonly worse: readonly Finding[];
  /** Why nothing could be compared. */
  readonly skipped?: string | undefined;
}

/** What users get since some moment, beside what they got before. */
export async function compareTraffic(
  { cloud }: Context,
  { service }: Survey,
  before: Traffic | undefined,
  since: Date,
): Promise<Comparison> {
  const group = service?.loadBalancers?.[0]?.targetGroupArn;
  if (group === undefined || !before) return { worse: [] };
  const now = await cloud.do(readTraffic(group, { from: since, to: new Date() }));
  return { worse: worseThanBefore(before, now), skipped: whyNotCompared(before, now) };
}
