// @ts-check
// Reads slo.yaml. Every problem is one line that names the file and the line and says what to do.
import { Ajv } from 'ajv';
import { withLines } from './lines.mjs';
import { fastestBurn } from './slo-rules.mjs';

/**
 * @typedef {object} Objective
 * @property {string} name In kebab-case.
 * @property {'availability' | 'latency'} kind
 * @property {number} targetPercent
 * @property {number} [thresholdSeconds] Of a latency: one of the bounds of the histogram.
 * @property {string} promise
 * @property {string} runbook The name of a file in docs/runbooks, without its extension.
 *
 * @typedef {object} Objectives
 * @property {number} windowDays
 * @property {number} minimumFailures
 * @property {Objective[]} objectives
 *
 * @typedef {{ path: readonly (string | number)[], text: string }} Problem
 */

/** Where the service says what its histogram of requests counts. */
export const METRICS = 'src/observability/metrics.ts';

/**
 * The upper bounds of the histogram of requests, in seconds.
 *
 * Throws where the source does not have them as a list of numbers.
 *
 * @param {string} source That of {@link METRICS}.
 * @returns {number[]}
 */
export function boundsIn(source) {
  const [, list] = /^const BUCKETS = (\[[\d.,\s]+\]);$/m.exec(source) ?? [];
  if (list) return JSON.parse(list.replace(/,\s*\]$/, ']'));
  throw new Error(
    `${METRICS} has no list of numbers called BUCKETS: write the bounds of the histogram there`,
  );
}

/**
 * @param {string} text
 * @param {object} options
 * @param {string} options.file For problems.
 * @param {object} options.schema
 * @param {readonly number[]} options.bounds Those of the histogram of requests, in seconds.
 * @returns {{ objectives?: Objectives, problems: string[] }}
 */
export function readObjectives(text, { file, schema, bounds }) {
  const { value, problems: unreadable, where } = withLines(text, file);
  if (unreadable.length > 0) return { problems: unreadable };
  const validate = /** @type {import('ajv').ValidateFunction<Objectives>} */ (
    new Ajv({ allErrors: true }).compile(schema)
  );
  const problems = validate(value)
    ? [...contradictions(value), ...untold(value, bounds)]
    : (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(inWords);
  return problems.length === 0
    ? { objectives: value, problems: [] }
    : { problems: problems.map(({ path, text: problem }) => `${where(path)}: ${problem}`) };
}

/**
 * @param {import('ajv').ErrorObject} error
 * @returns {Problem}
 */
function inWords({ instancePath, keyword, params, message }) {
  const path = instancePath.split('/').slice(1);
  const name = path.length > 0 ? path.join('.') : 'the file';
  switch (keyword) {
    case 'required':
      return { path, text: `${name} lacks ${params['missingProperty']}: write it` };
    case 'additionalProperties': {
      const property = params['additionalProperty'];
      return { path: [...path, property], text: `${name} has ${property}, which is unknown: remove it` };
    }
    case 'false schema':
      return { path, text: `${name} belongs to the kind latency only: remove it, or change the kind` };
    case 'enum':
      return { path, text: `${name} is none of these: write ${params['allowedValues'].join(' or ')}` };
    case 'pattern':
      return { path, text: `${name} has to be in kebab-case: write lower case letters and hyphens` };
    case 'type':
      return { path, text: `${name} has to be of the type ${params['type']}: write one` };
    default:
      // What is left are limits, for which the words of Ajv do: "must be >= 7".
      return { path, text: `${name} ${message}: change it` };
  }
}

/**
 * What each line allows, and all of them together do not.
 *
 * @param {Objectives} value
 * @returns {Problem[]}
 */
function contradictions({ windowDays, objectives }) {
  const fastest = fastestBurn(windowDays);
  return objectives.flatMap(({ name, targetPercent }, index) => {
    const path = ['objectives', index];
    const lowest = 100 - 100 / fastest;
    return [
      ...(objectives.findIndex((other) => other.name === name) < index
        ? [{ path: [...path, 'name'], text: `there is another objective called ${name}: rename one` }]
        : []),
      ...(targetPercent > lowest
        ? []
        : [
            {
              path: [...path, 'targetPercent'],
              text: `${name} could fail completely without the fastest alert: promise more than ${lowest.toFixed(1)} %`,
            },
          ]),
    ];
  });
}

/**
 * Thresholds of which the histogram can not tell how many requests kept to them.
 *
 * @param {Objectives} value
 * @param {readonly number[]} bounds
 * @returns {Problem[]}
 */
function untold({ objectives }, bounds) {
  return objectives.flatMap(({ name, thresholdSeconds }, index) =>
    thresholdSeconds === undefined || bounds.includes(thresholdSeconds)
      ? []
      : [
          {
            path: ['objectives', index, 'thresholdSeconds'],
            text: `${name} has a threshold that no bucket ends at: write one of ${bounds.join(', ')}, or add it to ${METRICS}`,
          },
        ],
  );
}
