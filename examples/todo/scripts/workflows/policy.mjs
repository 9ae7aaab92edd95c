// @ts-check
import { read, stepsOf } from './steps.mjs';

/** @typedef {import('./steps.mjs').Job} Job */
/** @typedef {import('./steps.mjs').Workflow} Workflow */

/** Triggers that give strangers' code the rights of the repository. */
const DANGEROUS = ['pull_request_target', 'workflow_run', 'issue_comment'];
const GATE = 'gate';
const OF_FORKS = 'github.event.pull_request.head.repo.full_name == github.repository';
const NOT_OF_PULLS = "github.event_name == 'push'";
const TAKES_A_ROLE = 'aws-actions/configure-aws-credentials@';
const KEYS = ['aws-access-key-id', 'aws-secret-access-key'];

/**
 * What hardening asks of a workflow or an action, each problem in a sentence that says where.
 *
 * @param {string} path
 * @param {string} text
 * @returns {string[]}
 */
export function problemsOf(path, text) {
  const workflow = read(text);
  return [
    ...pins(text),
    ...steps(text),
    ...(workflow.jobs
      ? [
          ...triggers(workflow),
          ...names(workflow),
          ...limits(workflow),
          ...rights(workflow, text),
          ...jobs(workflow),
          ...gates(workflow),
        ]
      : []),
  ].map((problem) => `${path}: ${problem}`);
}

/** What is run is named by its commit, which nobody can move; the version is for people and for updates. @param {string} text */
function pins(text) {
  return text.split('\n').flatMap((line, index) => {
    const [, uses = ''] = /^\s*(?:- )?uses:\s*(\S+)/.exec(line) ?? [];
    if (uses === '' || uses.startsWith('./')) return [];
    return /uses:\s*[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)
      ? []
      : [`line ${index + 1}: ${uses} needs its commit, and "# v…" with the whole version behind it`];
  });
}

/** @param {string} text */
function steps(text) {
  return stepsOf(text).flatMap(({ job, step }) => {
    const { uses = '', run = '', with: inputs = {} } = step;
    return [
      ...(run.includes('${{')
        ? [`${job}: an expression in a script becomes part of it: hand it over by env`]
        : []),
      ...(/\bset -[a-z]*x/.test(run) ? [`${job}: set -x writes secrets into the log`] : []),
      ...(uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false
        ? [`${job}: actions/checkout leaves its token behind: persist-credentials must be false`]
        : []),
      ...(KEYS.some((key) => key in inputs) ? [`${job}: a key lives for ever: take a role`] : []),
    ];
  });
}

/** @param {Workflow} workflow */
function triggers({ on }) {
  return namesOf(on)
    .filter((name) => DANGEROUS.includes(name))
    .map((name) => `${name} runs what strangers write with the rights of the repository`);
}

/** @param {Workflow['on']} on @returns {string[]} */
function namesOf(on) {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on : Object.keys(on ?? {});
}

/** People find a run, and require a check, by its name. @param {Workflow} workflow */
function names({ name: title, jobs: all = {} }) {
  return [
    ...(title ? [] : ['a workflow needs a name']),
    ...Object.entries(all).flatMap(([name, job]) => (job.name ? [] : [`${name}: needs a name`])),
  ];
}

/**
 * Somebody has thought of what becomes of a run that finds another one under way. Not every job needs a limit: one that waits
 * for a reviewer would hold its group all the time.
 *
 * @param {Workflow} workflow
 */
function limits({ concurrency, jobs: all = {} }) {
  const ofJobs = Object.values(all).flatMap((job) => job.concurrency ?? []);
  const groups = [...(concurrency ? [concurrency] : []), ...ofJobs];
  return [
    ...(groups.length > 0
      ? []
      : ['needs concurrency, of the workflow or of a job: what if two runs come at once?']),
    ...(groups.every((group) => group['cancel-in-progress'] !== undefined)
      ? []
      : ['concurrency needs cancel-in-progress: does the newer run wait, or end the older one?']),
  ];
}

/**
 * Nothing is allowed but what a job names, with its reason.
 *
 * @param {Workflow} workflow
 * @param {string} text
 */
function rights({ permissions, jobs: all = {} }, text) {
  const isNothing = typeof permissions === 'object' && permissions && Object.keys(permissions).length === 0;
  return [
    ...(isNothing ? [] : ['permissions of the workflow must be {}: each job names its own']),
    ...text.split('\n').flatMap((line, index) => {
      const [, right = ''] = /^\s+([a-z-]+): (?:read|write)(?:\s|$)/.exec(line) ?? [];
      return right === '' || /# \w+/.test(line)
        ? []
        : [`line ${index + 1}: ${right} needs a comment that says what for`];
    }),
    ...Object.entries(all).flatMap(([name, job]) => [
      ...(typeof job.permissions === 'object'
        ? []
        : [`${name}: a job names its permissions, {} where it needs none`]),
      ...(rightOf(job, 'id-token') && !takesARole(job)
        ? [`${name}: id-token is for a job that takes a role`]
        : []),
    ]),
  ];
}

/** @param {Workflow} workflow */
function jobs({ on, jobs: all = {} }) {
  const isForPulls = namesOf(on).includes('pull_request');
  return Object.entries(all).flatMap(([name, job]) => [
    ...(typeof job['timeout-minutes'] === 'number'
      ? []
      : [`${name}: needs timeout-minutes: the default is six hours`]),
    ...(job.secrets === 'inherit' ? [`${name}: hands all secrets on: name them`] : []),
    ...(isForPulls &&
    takesARole(job) &&
    ![OF_FORKS, NOT_OF_PULLS].some((condition) => job.if?.includes(condition))
      ? [`${name}: a pull request of a fork gets no role: if: ${OF_FORKS}`]
      : []),
    ...(job.concurrency && changesAnEnvironment(job) && job.concurrency['cancel-in-progress'] !== false
      ? [`${name}: must not be cancelled half-way: cancel-in-progress: false`]
      : []),
    ...(changesAnEnvironment(job) && !job.concurrency?.group
      ? [`${name}: changes an environment: it needs a concurrency group`]
      : []),
  ]);
}

/**
 * A gate is what a branch requires, in place of every other job: it must not pass where one of them has not.
 *
 * @param {Workflow} workflow
 */
function gates({ jobs: all = {} }) {
  const { [GATE]: gate, ...others } = all;
  if (!gate) return [];
  const { needs = [], steps: own = [] } = gate;
  return [
    ...(gate.if === 'always()' ? [] : [`${GATE}: is skipped after a failure, and so passes: if: always()`]),
    ...Object.keys(others)
      .filter((name) => ![needs].flat().includes(name))
      .map((name) => `${GATE}: does not wait for ${name}: add it to needs`),
    ...(own.some(({ env = {} }) => Object.values(env).some((value) => value.includes('needs.*.result')))
      ? []
      : [`${GATE}: does not look at how the others have ended: needs.*.result`]),
  ];
}

/** Whether a job runs commands with a role of an environment; building does not change one. @param {Job} job */
function changesAnEnvironment(job) {
  const runs = (job.steps ?? []).map(({ run = '' }) => run);
  return (
    takesARole(job) &&
    runs.some((run) => /(--run|deploy\/cli\.ts) (deploy|rollback)\b|\bterraform .*apply\b/.test(run))
  );
}

/** @param {Job} job */
function takesARole({ steps: all = [] }) {
  return all.some(({ uses = '' }) => uses.startsWith(TAKES_A_ROLE));
}

/** @param {Job} job @param {string} right */
function rightOf({ permissions }, right) {
  return typeof permissions === 'object' && right in permissions;
}
