// @ts-check
import { parse } from 'yaml';

/**
 * @typedef {object} Step
 * @property {string} [uses]
 * @property {string} [run]
 * @property {Record<string, unknown>} [with]
 * @property {Record<string, string>} [env]
 */

/** @typedef {{ group?: string, 'cancel-in-progress'?: unknown }} Concurrency */

/**
 * @typedef {object} Job
 * @property {string} [name]
 * @property {string} [if]
 * @property {string | string[]} [needs]
 * @property {string} [uses]
 * @property {unknown} [secrets]
 * @property {Record<string, string> | string} [permissions]
 * @property {number} [timeout-minutes]
 * @property {Concurrency} [concurrency]
 * @property {unknown} [environment]
 * @property {Step[]} [steps]
 */

/**
 * @typedef {object} Workflow
 * @property {string} [name]
 * @property {Concurrency} [concurrency]
 * @property {Record<string, unknown> | string[] | string} [on]
 * @property {unknown} [permissions]
 * @property {Record<string, Job>} [jobs]
 * @property {{ steps?: Step[] }} [runs] Of an action.
 */

/** @param {string} text @returns {Workflow} */
export function read(text) {
  return parse(text) ?? {};
}

/**
 * Every step of a workflow or an action, with the name of its job.
 *
 * @param {string} text
 * @returns {{ job: string, step: Step }[]}
 */
export function stepsOf(text) {
  const { jobs = {}, runs } = read(text);
  return [
    ...Object.entries(jobs).flatMap(([job, { steps = [] }]) => steps.map((step) => ({ job, step }))),
    ...(runs?.steps ?? []).map((step) => ({ job: 'runs', step })),
  ];
}
