// @ts-check
import { read } from '../steps.mjs';

/**
 * @typedef {import('../steps.mjs').Job & {
 *   name?: string,
 *   needs?: string | string[],
 *   environment?: string | { name: string },
 *   strategy?: { matrix?: Record<string, unknown> },
 * }} Job
 */

/** @typedef {Record<string, { required?: boolean, default?: unknown, options?: string[] }>} Inputs */

/**
 * A workflow that is read.
 *
 * @typedef {object} File
 * @property {string} name
 * @property {Record<string, Job>} jobs
 * @property {Inputs | undefined} inputs Of a start by hand; undefined where that is not possible.
 */

/**
 * An environment whose reviewers approve what jobs of other environments do next.
 *
 * @typedef {object} Approval
 * @property {{ variable: string, value: string } | undefined} condition What makes jobs wait for them.
 * @property {string[]} byHand Commands that do without.
 */

/**
 * What the workflows rely on, in the settings of the repository.
 *
 * @typedef {object} Needs
 * @property {string[]} checks The checks that stand for all of ci.yml.
 * @property {Map<string, string[]>} environments Each with the variables that it needs.
 * @property {string[]} variables Those that jobs without an environment need.
 * @property {Map<string, Approval>} approvals By environment.
 * @property {string[]} unread Names of environments that only a run knows.
 */

/**
 * @param {{ name: string, text: string }[]} texts
 * @returns {Needs}
 */
export function needsOf(texts) {
  const files = texts.map(fileOf);
  const uses = files.flatMap((file) =>
    Object.values(file.jobs).flatMap((job) =>
      environmentsOf(job, file).map((environment) => ({ environment, job, file })),
    ),
  );
  const names = unique(uses.map(({ environment }) => environment)).filter((name) => name !== '');
  const known = names.filter((name) => !name.includes('${{'));
  const of = (/** @type {string} */ name) => uses.filter(({ environment }) => environment === name);
  const variablesOf = (/** @type {string} */ name) => unique(of(name).flatMap(({ job }) => variables(job)));
  return {
    checks: files.filter(({ name }) => name === 'ci.yml').flatMap(lastChecks),
    environments: new Map(known.map((name) => [name, variablesOf(name)])),
    variables: variablesOf(''),
    approvals: new Map(
      known.filter((name) => name.endsWith('-approval')).map((name) => [name, approvalOf(of(name))]),
    ),
    unread: names.filter((name) => !known.includes(name)),
  };
}

/** @param {{ name: string, text: string }} file @returns {File} */
function fileOf({ name, text }) {
  const { on = [], jobs = {} } = read(text);
  const triggers =
    typeof on === 'object' && !Array.isArray(on)
      ? on
      : Object.fromEntries([on].flat().map((trigger) => [trigger, null]));
  const dispatch = /** @type {{ inputs?: Inputs } | null | undefined} */ (triggers.workflow_dispatch);
  return {
    name,
    jobs: /** @type {Record<string, Job>} */ (jobs),
    inputs: dispatch === undefined ? undefined : (dispatch?.inputs ?? {}),
  };
}

/** The names of the jobs that no other one waits for. @param {File} file */
function lastChecks({ jobs }) {
  const awaited = Object.values(jobs).flatMap(({ needs = [] }) => needs);
  return Object.entries(jobs)
    .filter(([id]) => !awaited.includes(id))
    .map(([id, { name = id }]) => name);
}

/**
 * The environments that a job may run in, '' where it names none.
 *
 * @param {Job} job
 * @param {File} file
 * @returns {string[]}
 */
function environmentsOf({ environment, strategy }, { inputs }) {
  const name = (typeof environment === 'object' ? environment.name : environment) ?? '';
  const [, scope = '', key = ''] = /^\$\{\{\s*(matrix|inputs)\.([\w-]+)\s*\}\}$/.exec(name) ?? [];
  const values = scope === 'matrix' ? strategy?.matrix?.[key] : inputs?.[key]?.options;
  return Array.isArray(values) ? values.map(String) : [name];
}

/** What actions are given must be there; scripts say themselves what they miss. @param {Job} job */
function variables({ steps = [] }) {
  const given = steps.flatMap(({ with: inputs = {} }) => Object.values(inputs).map(String));
  return given.flatMap((text) => [...text.matchAll(/\bvars\.(\w+)/g)].map(([, name = '']) => name));
}

/**
 * @param {{ job: Job, file: File }[]} uses
 * @returns {Approval}
 */
function approvalOf(uses) {
  const [condition] = uses.flatMap(({ job }) => {
    const [, variable, value] = /\bvars\.(\w+) == '([^']+)'/.exec(job.if ?? '') ?? [];
    return variable && value ? [{ variable, value }] : [];
  });
  return { condition, byHand: unique(uses.flatMap(({ file }) => commandOf(file) ?? [])) };
}

/** @param {File} file */
function commandOf({ name, inputs }) {
  if (!inputs) return undefined;
  const asked = Object.entries(inputs).filter(
    ([, { required, default: value }]) => required && value === undefined,
  );
  return [`gh workflow run ${name}`, ...asked.map(([key]) => `-f ${key}=…`)].join(' ');
}

/** @template T @param {T[]} values */
function unique(values) {
  return [...new Set(values)];
}
