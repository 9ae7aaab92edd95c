// @ts-check
// Reads slo.yaml. Every problem is one line that names the file and the line.
import { Ajv } from 'ajv';
import { LineCounter, isNode, parseDocument } from 'yaml';

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
 * @property {number} minimumRequests
 * @property {Objective[]} objectives
 */

/**
 * @param {string} text
 * @param {object} options
 * @param {string} options.file For problems.
 * @param {object} options.schema
 * @returns {{ objectives?: Objectives, problems: string[] }}
 */
export function readObjectives(text, { file, schema }) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (/** @type {number} */ offset) => `${file}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0)
    return {
      problems: document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message.split('\n')[0]}`),
    };
  /** @type {unknown} */
  const value = document.toJS();
  const validate = /** @type {import('ajv').ValidateFunction<Objectives>} */ (
    new Ajv({ allErrors: true }).compile(schema)
  );
  const problems = validate(value)
    ? repeated(value.objectives).map(([index, name]) => [
        ['objectives', index, 'name'],
        `there is another objective called ${name}`,
      ])
    : (validate.errors ?? [])
        .filter(({ keyword }) => keyword !== 'if')
        .map(({ instancePath, message, params }) => [
          instancePath.split('/').slice(1),
          [message, params['allowedValues'] ?? params['additionalProperty'] ?? ''].join(' ').trim(),
        ]);
  if (problems.length === 0) return { objectives: /** @type {Objectives} */ (value), problems: [] };
  return {
    problems: problems.map(([path, problem]) => {
      const keys = /** @type {string[]} */ (path);
      const node = keys.length > 0 ? document.getIn(keys, true) : document.contents;
      const where = isNode(node) && node.range ? at(node.range[0]) : file;
      return `${where}: ${keys.join('.') || 'the file'} ${problem}`;
    }),
  };
}

/**
 * @param {readonly Objective[]} objectives
 * @returns {[number, string][]}
 */
function repeated(objectives) {
  return objectives.flatMap(({ name }, index) =>
    objectives.findIndex((other) => other.name === name) < index ? [[index, name]] : [],
  );
}
