import type { Ending } from '#deploy/core/exits';
import type { Problem } from '#deploy/core/problem';
import { recordText, type DeploymentRecord } from '#deploy/core/record';
import type { Release } from '#deploy/core/release';

/** How a command ended: for people, for machines and for the summary of a job. */
export interface Outcome {
  readonly ending: Ending;
  /** What happened, in one sentence. */
  readonly headline: string;
  /** What led to it. */
  readonly details?: readonly string[];
  /** Of what was refused: the same, for machines. */
  readonly problems?: readonly Problem[];
  /** In which state things are; empty where the headline says it. */
  readonly state?: string;
  /** What to do; empty where there is nothing to do. */
  readonly next?: string;
  readonly release?: Release;
  /** What was done, once something was begun. */
  readonly record?: DeploymentRecord;
}

export function asLines({ headline, details = [], state, next }: Outcome): readonly string[] {
  return [
    headline,
    ...details.map((detail) => `  - ${detail}`),
    ...[state, next].flatMap((text) => text ?? []),
  ];
}

export function asMarkdown(
  title: string,
  { ending, headline, details = [], state, next, record }: Outcome,
): string {
  return [
    `## ${ending === 'done' ? '✅' : '❌'} ${title}`,
    headline,
    details.map((detail) => `- ${detail}`).join('\n'),
    state ?? '',
    next === undefined ? '' : `**What to do:** ${next}`,
    record ? recordText(record) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** For the jobs that follow. */
export function asOutputs({ ending, release }: Outcome): string {
  const lines = [`ending=${ending}`];
  if (release) lines.push(`version=${release.version}`, `commit=${release.commit}`);
  return `${lines.join('\n')}\n`;
}
