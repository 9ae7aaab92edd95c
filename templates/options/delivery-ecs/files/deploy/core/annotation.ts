import { recordText, type DeploymentRecord } from '#deploy/core/record';

/** An annotation of Grafana, as its HTTP API takes it; times are in milliseconds. */
export interface Annotation {
  readonly time: number;
  readonly timeEnd: number;
  readonly tags: readonly string[];
  readonly text: string;
}

/** The mark that a release or a rollback leaves on dashboards. */
export function annotationOf(record: DeploymentRecord, service: string): Annotation {
  const { environment, kind, result, startedAt, endedAt } = record;
  return {
    time: Date.parse(startedAt),
    timeEnd: Date.parse(endedAt),
    tags: [
      'deployment',
      `service:${service}`,
      `environment:${environment}`,
      `kind:${kind}`,
      `result:${result}`,
    ],
    text: recordText(record),
  };
}
