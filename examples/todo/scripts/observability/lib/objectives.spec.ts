import { readFileSync } from 'node:fs';
import { Metrics } from '../../../src/observability/metrics';
import { readObjectives } from './objectives.mjs';

const schema = JSON.parse(readFileSync('observability/slo.schema.json', 'utf8')) as object;
const read = (text: string) => readObjectives(text, { file: 'slo.yaml', schema });
const GOOD = `windowDays: 30
minimumFailures: 3
objectives:
  - name: availability
    kind: availability
    targetPercent: 99.9
    promise: It answers
    runbook: it-does-not-answer
  - name: latency
    kind: latency
    targetPercent: 99
    thresholdSeconds: 0.3
    promise: It answers soon
    runbook: it-is-slow
`;

describe('the objectives', () => {
  it('are read', () => {
    expect(read(GOOD)).toEqual({
      problems: [],
      objectives: {
        windowDays: 30,
        minimumFailures: 3,
        objectives: [
          expect.objectContaining({ name: 'availability' }),
          expect.objectContaining({ name: 'latency', thresholdSeconds: 0.3 }),
        ],
      },
    });
  });

  it.each([
    ['windowDays: 30', 'windowDays: 3', 'slo.yaml:1: windowDays must be >= 7: change it'],
    ['windowDays: 30', 'windowDays: long', 'slo.yaml:1: windowDays has to be of the type integer: write one'],
    ['windowDays: 30\n', '', 'slo.yaml:1: the file lacks windowDays: write it'],
    ['minimumFailures: 3', 'minimumFailures: 0', 'slo.yaml:2: minimumFailures must be >= 1: change it'],
    [
      'windowDays: 30',
      'windowDays: 30\ndays: 7',
      'slo.yaml:2: the file has days, which is unknown: remove it',
    ],
    [
      'name: latency',
      'name: Too Slow',
      'slo.yaml:9: objectives.1.name has to be in kebab-case: write lower case letters and hyphens',
    ],
    [
      'name: latency',
      'name: availability',
      'slo.yaml:9: there is another objective called availability: rename one',
    ],
    [
      'kind: latency',
      'kind: speed',
      'slo.yaml:10: objectives.1.kind is none of these: write availability or latency',
    ],
    ['    thresholdSeconds: 0.3\n', '', 'slo.yaml:9: objectives.1 lacks thresholdSeconds: write it'],
    [
      'kind: latency',
      'kind: availability',
      'slo.yaml:12: objectives.1.thresholdSeconds belongs to the kind latency only: remove it, or change the kind',
    ],
    ['99.9', '100', 'slo.yaml:6: objectives.0.targetPercent must be < 100: change it'],
    [
      '99.9',
      '90',
      'slo.yaml:6: availability could fail completely without the fastest alert: promise more than 93.1 %',
    ],
    ['objectives:', 'objectives', 'slo.yaml:3: is no YAML. Implicit keys need to be on a single line.'],
    [GOOD, '', 'slo.yaml:1: the file has to be of the type object: write one'],
  ])('%j are not %j', (text, by, problem) => {
    expect(read(GOOD.replace(text, by))).toEqual({ problems: [problem] });
  });

  it('have thresholds that the histogram of the service can tell', () => {
    const file = 'observability/slo.yaml';
    const { objectives } = readObjectives(readFileSync(file, 'utf8'), { file, schema });
    const histogram = new Metrics().registry.getSingleMetric('http_server_request_duration_seconds');
    const { upperBounds } = histogram as unknown as { upperBounds: number[] };
    expect(objectives?.objectives.length).toBeGreaterThan(0);
    for (const { kind, thresholdSeconds } of objectives?.objectives ?? [])
      if (kind === 'latency') expect(upperBounds).toContain(thresholdSeconds);
  });
});
