import { readFileSync } from 'node:fs';
import { Metrics } from '../../../src/observability/metrics';
import { METRICS, boundsIn, readObjectives } from './objectives.mjs';

const schema = JSON.parse(readFileSync('observability/slo.schema.json', 'utf8')) as object;
const read = (text: string) => readObjectives(text, { file: 'slo.yaml', schema, bounds: [0.1, 0.3, 1] });
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

  it('have thresholds that the histogram can tell', () => {
    expect(read(GOOD.replace('0.3', '0.35'))).toEqual({
      problems: [
        `slo.yaml:12: latency has a threshold that no bucket ends at: write one of 0.1, 0.3, 1, or add it to ${METRICS}`,
      ],
    });
  });

  it('keep to the bounds that the histogram of the service has', () => {
    const histogram = new Metrics().registry.getSingleMetric('http_server_request_duration_seconds');
    const { upperBounds } = histogram as unknown as { upperBounds: number[] };
    const file = 'observability/slo.yaml';
    const { problems } = readObjectives(readFileSync(file, 'utf8'), { file, schema, bounds: upperBounds });
    expect(problems).toEqual([]);
    expect(boundsIn(readFileSync(METRICS, 'utf8'))).toEqual(upperBounds);
  });

  it('need bounds that are numbers', () => {
    expect(boundsIn('const BUCKETS = [\n  0.1,\n  1,\n];\n')).toEqual([0.1, 1]);
    expect(() => boundsIn('const BUCKETS = exponentialBuckets(0.1, 2, 5);')).toThrow(
      `${METRICS} has no list of numbers called BUCKETS`,
    );
  });
});
