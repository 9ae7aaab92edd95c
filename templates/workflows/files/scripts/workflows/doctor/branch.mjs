// @ts-check
import { kindOf } from './answers.mjs';
import { hidden, missing, ok, unavailable } from './finding.mjs';

/** @typedef {import('./answers.mjs').Answers} Answers */
/** @typedef {import('./finding.mjs').Finding} Finding */

/**
 * A protection of the default branch, as rulesets have it, and as the rules before them did.
 *
 * @typedef {object} Guard
 * @property {import('./finding.mjs').Subject} subject
 * @property {string} detail
 * @property {{ type: string, parameters?: object }} rule What a ruleset has to hold for it.
 * @property {(rule: any) => boolean} isMetBy
 * @property {(protection: any) => boolean} isMetByProtection
 */

/**
 * @param {import('./needs.mjs').Needs} needs
 * @param {Answers} answers
 * @returns {Finding[]}
 */
export function branchFindings({ checks }, { repository, rules, protection }) {
  const guards = guardsOf(repository.default_branch, checks);
  const kinds = [kindOf(rules, repository), kindOf(protection, repository)];
  const refused = [rules, protection].find((answer) => kindOf(answer, repository) === 'hidden');
  const isMet = (/** @type {Guard} */ { isMetBy, isMetByProtection }) =>
    (rules.status === 200 && rules.body.some(isMetBy)) ||
    (protection.status === 200 && isMetByProtection(protection.body));
  const remedy = remedyOf(
    repository,
    guards.filter((guard) => !isMet(guard)).map(({ rule }) => rule),
  );
  return guards.map((guard) => {
    const { subject, detail } = guard;
    if (isMet(guard)) return ok(subject);
    if (refused) return hidden(subject, refused);
    return kinds.every((kind) => kind === 'unavailable')
      ? unavailable(
          subject,
          'Private repositories have no rules for branches on this plan.',
          `Make the repository public, or take a plan with them. Until then: merge only pull requests that were reviewed and whose checks have passed, and never push to ${repository.default_branch}.`,
        )
      : missing(subject, detail, remedy);
  });
}

/** @param {string} branch @param {string[]} checks @returns {Guard[]} */
function guardsOf(branch, checks) {
  const hasAll = (/** @type {{ context: string }[]} */ given) =>
    checks.every((check) => given.some(({ context }) => context === check));
  return [
    {
      subject: { id: 'branch:checks', title: `${branch} takes what has passed ${checks.join(', ')}` },
      detail: 'It takes what has failed, too.',
      rule: {
        type: 'required_status_checks',
        parameters: {
          required_status_checks: checks.map((context) => ({ context })),
          strict_required_status_checks_policy: false,
        },
      },
      isMetBy: ({ type, parameters }) =>
        type === 'required_status_checks' && hasAll(parameters.required_status_checks),
      isMetByProtection: ({ required_status_checks: required }) => hasAll(required?.checks ?? []),
    },
    {
      subject: { id: 'branch:reviews', title: `${branch} takes pull requests that somebody has approved` },
      detail: 'What nobody has looked at can be merged, or pushed.',
      rule: {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: false,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
      isMetBy: ({ type, parameters }) =>
        type === 'pull_request' && parameters.required_approving_review_count > 0,
      isMetByProtection: ({ required_pull_request_reviews: reviews }) =>
        (reviews?.required_approving_review_count ?? 0) > 0,
    },
    {
      subject: { id: 'branch:force-pushes', title: `The history of ${branch} can not be rewritten` },
      detail: 'Force pushes are allowed.',
      rule: { type: 'non_fast_forward' },
      isMetBy: ({ type }) => type === 'non_fast_forward',
      isMetByProtection: ({ allow_force_pushes: forced }) => forced?.enabled === false,
    },
  ];
}

/** Rulesets add up, so that one with what is missing is enough. @param {Answers['repository']} repository @param {Guard['rule'][]} rules */
function remedyOf({ full_name, html_url }, rules) {
  const ruleset = {
    name: 'default-branch',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules,
  };
  return [
    `gh api --method POST repos/${full_name}/rulesets --input - <<< '${JSON.stringify(ruleset)}'`,
    `or ${html_url}/settings/rules`,
  ].join('\n');
}
