import type { Ending } from '#deploy/core/exits';
import type { Release } from '#deploy/core/release';

/** How a command ended: for people, for machines and for the summary of a job. */
export interface Outcome {
  readonly ending: Ending;
  /** What happened, in one sentence. */
  readonly headline: string;
  /** What led to it. */
  readonly details?: readonly string[];
  /** In which state things are; empty where the headline says it. */
  readonly state?: string;
  /** What to do; empty where there is nothing to do. */
  readonly next?: string;
  readonly release?: Release;
}

export function asLines({ headline, details = [], state, next }: Outcome): readonly string[] {
  return [
    headline,
    ...details.map((detail) => `  - ${detail}`),
    ...[state, next].flatMap((text) => text ?? []),
  ];
}

export function asMarkdown(title: string, { ending, headline, details = [], state, next }: Outcome): string {
  return [
    `## ${ending === 'done' ? '✅' : '❌'} ${title}`,
    headline,
    details.map((detail) => `- ${detail}`).join('\n'),
    state ?? '',
    next === undefined ? '' : `**What to do:** ${next}`,
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
