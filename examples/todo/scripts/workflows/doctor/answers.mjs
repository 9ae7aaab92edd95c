// @ts-check

/** @typedef {import('./github.mjs').Answer} Answer */

/** What GitHub answered, each in the shape that it documents. */
/**
 * @typedef {object} Answers
 * @property {Repository} repository
 * @property {string | undefined} plan Of the owner, such as `free`; undefined where it is not shown, or does not matter.
 * @property {Answer} rules Of rulesets, that hold for the default branch.
 * @property {Answer} protection Of the default branch, by a rule of the kind before rulesets.
 * @property {Record<string, EnvironmentAnswers>} environments
 * @property {Answer} variables Of the repository.
 * @property {Answer | undefined} organizationVariables That the organization shares with it.
 * @property {Answer} alerts
 * @property {Answer | undefined} reporting Undefined where it is not public.
 * @property {Answer} actions
 * @property {Answer} token
 */

/**
 * @typedef {object} Repository
 * @property {string} full_name
 * @property {string} html_url
 * @property {string} default_branch
 * @property {'public' | 'private' | 'internal'} visibility
 * @property {{ login: string, type: string }} owner
 * @property {{ admin: boolean }} [permissions] Of who asks.
 * @property {Record<string, { status?: string }> | null} [security_and_analysis] Shown to administrators.
 */

/** @typedef {{ environment: Answer, policies: Answer | undefined, variables: Answer | undefined }} EnvironmentAnswers */

/**
 * GitHub answers 404 for what is not there and for what may not be seen, and 403 for the latter and for what the plan
 * does not have. `hidden` is what may not be seen.
 *
 * @param {Answer} answer
 * @param {Repository} repository
 * @returns {'given' | 'absent' | 'unavailable' | 'hidden'}
 */
export function kindOf({ status, message }, { permissions }) {
  if (status === 200) return 'given';
  if (status === 403) return /^upgrade to /i.test(message) ? 'unavailable' : 'hidden';
  const isSaid = message !== '' && message !== 'Not Found';
  return status === 404 && (isSaid || permissions?.admin === true) ? 'absent' : 'hidden';
}

/**
 * Whether GitHub has something for this repository: public and internal ones have it all, private ones what the plan
 * has. Undefined where the plan is not shown.
 *
 * @param {Answers} answers
 * @param {'environments' | 'reviewers' | 'secretScanning'} feature
 */
export function offers({ repository, plan }, feature) {
  if (repository.visibility !== 'private') return true;
  return plan === undefined ? undefined : !WITHOUT[feature].includes(plan);
}

/** The plans on which private repositories don't have it. */
const WITHOUT = {
  environments: ['free'],
  reviewers: ['free', 'pro', 'team'],
  secretScanning: ['free', 'pro'],
};
