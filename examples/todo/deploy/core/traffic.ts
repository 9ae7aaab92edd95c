import type { Finding } from '#deploy/core/health';

/** What the balancer counted of a service in some time. */
export interface Traffic {
  readonly requests: number;
  /** Answers 5xx. */
  readonly errors: number;
  /** Of a hundred requests, ninety-nine were answered in that time; undefined without requests. */
  readonly p99Ms: number | undefined;
}

/** With fewer requests a rate is chance. */
const ENOUGH = 100;
/** What is so little that it may double. */
const FEW_ERRORS_PERCENT = 0.5;
const FAST_MS = 200;
const FACTOR = 2;

/** Why two releases can't be compared; undefined where they can. */
export function whyNotCompared(before: Traffic, now: Traffic): string | undefined {
  if (before.requests >= ENOUGH && now.requests >= ENOUGH) return undefined;
  return `Errors and latency were not compared with those before the release: ${before.requests} requests before and ${now.requests} since, of ${ENOUGH} that each takes.`;
}

/** In what a release is worse than the one before it, while the alarms, which know fixed limits only, are silent. */
export function worseThanBefore(before: Traffic, now: Traffic): readonly Finding[] {
  if (whyNotCompared(before, now) !== undefined) return [];
  const [was, is] = [percentOf(before), percentOf(now)];
  const [slow, slower] = [before.p99Ms ?? 0, now.p99Ms ?? 0];
  return [
    ...(is > Math.max(FEW_ERRORS_PERCENT, FACTOR * was)
      ? [finding(`${is.toFixed(1)} % of the requests fail; before the release, ${was.toFixed(1)} % did`)]
      : []),
    ...(slower > Math.max(FAST_MS, FACTOR * slow)
      ? [
          finding(
            `99 of 100 requests take up to ${Math.round(slower)} ms; before the release, up to ${Math.round(slow)} ms`,
          ),
        ]
      : []),
  ];
}

function percentOf({ errors, requests }: Traffic): number {
  return (100 * errors) / requests;
}

function finding(text: string): Finding {
  return { kind: 'alarm', text };
}
