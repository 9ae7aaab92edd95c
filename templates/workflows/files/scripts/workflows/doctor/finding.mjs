// @ts-check

/** `unavailable`: not to be had for this repository, on this plan. `unknown`: GitHub doesn't show it to who asks. */
/** @typedef {'ok' | 'missing' | 'unavailable' | 'unknown'} State */

/**
 * @typedef {object} Finding
 * @property {string} id For machines, such as `environment:staging:branches`.
 * @property {string} title What should be so.
 * @property {State} state
 * @property {string} [detail] What is so instead.
 * @property {string} [remedy] What to do: a command, or where the setting is.
 */

/** @typedef {{ id: string, title: string }} Subject */

/** @param {Subject} subject @returns {Finding} */
export function ok(subject) {
  return { ...subject, state: 'ok' };
}

/** @param {Subject} subject @param {string} detail @param {string} remedy @returns {Finding} */
export function missing(subject, detail, remedy) {
  return { ...subject, state: 'missing', detail, remedy };
}

/** @param {Subject} subject @param {string} detail @param {string} remedy @returns {Finding} */
export function unavailable(subject, detail, remedy) {
  return { ...subject, state: 'unavailable', detail, remedy };
}

/** @param {Subject} subject @param {string} detail @param {string} remedy @returns {Finding} */
export function unknown(subject, detail, remedy) {
  return { ...subject, state: 'unknown', detail, remedy };
}

/** Who asks may not see it. @param {Subject} subject @param {import('./github.mjs').Answer} answer @returns {Finding} */
export function hidden(subject, { status, message }) {
  return unknown(
    subject,
    `GitHub does not show it to you (${status}: ${message}).`,
    'It needs admin rights: let an administrator of the repository run this, with a token that may read its administration.',
  );
}

/**
 * The exit status: 0 where all is there that can be had, 1 where something is missing, 2 where something was not shown.
 *
 * @param {Finding[]} findings
 */
export function statusOf(findings) {
  const has = (/** @type {State} */ state) => findings.some((finding) => finding.state === state);
  if (has('missing')) return 1;
  return has('unknown') ? 2 : 0;
}
