// @ts-check
// What the check `observability-live` can not ask, for it has no containers; `observability-compose` has them, and asks it.

/**
 * @typedef {import('../live/judge.mjs').Question} Question
 *
 * @typedef {object} Unmeasured
 * @property {string} metrics A pattern.
 * @property {string} reason
 * @property {boolean} [compose] Whether they are there, where the containers are.
 */

/**
 * @param {readonly Question[]} questions
 * @param {readonly Unmeasured[]} unmeasured
 */
export function leftToContainers(questions, unmeasured) {
  return questions.filter((question) => {
    const matching = unmeasured.filter((one) => matches(one, question));
    return matching.length > 0 && matching.every(({ compose = true }) => compose);
  });
}

/**
 * Patterns that leave nothing out any more.
 *
 * @param {readonly Question[]} questions
 * @param {readonly Unmeasured[]} unmeasured
 * @returns {string[]}
 */
export function unmeasuredProblems(questions, unmeasured) {
  return unmeasured
    .filter((one) => !questions.some((question) => matches(one, question)))
    .map(({ metrics }) => `nothing asks for ${metrics}`);
}

/**
 * @param {Unmeasured} unmeasured
 * @param {Question} question
 */
function matches({ metrics }, { expression }) {
  return new RegExp(metrics).test(expression);
}
