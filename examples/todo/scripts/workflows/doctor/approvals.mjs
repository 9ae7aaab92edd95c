// @ts-check
import { offers } from './answers.mjs';
import { creationOf } from './creation.mjs';
import { hidden, missing, ok, unavailable, unknown } from './finding.mjs';
import { sharedValue } from './variables.mjs';

/** @typedef {import('./answers.mjs').Answers} Answers */
/** @typedef {import('./needs.mjs').Approval} Approval */

/**
 * Whether somebody has to approve where workflows rely on it.
 *
 * @param {string} name Of the environment.
 * @param {Approval} approval
 * @param {Answers} answers
 * @returns {import('./finding.mjs').Finding[]}
 */
export function approvalFindings(name, { condition, byHand }, answers) {
  const { repository, environments } = answers;
  const environment = environments[name]?.environment;
  const subject = { id: `environment:${name}:reviewers`, title: `Reviewers have to approve in ${name}` };
  if (!environment) return [];
  if (environment.status !== 200 && environment.status !== 404) return [hidden(subject, environment)];
  const isOffered = offers(answers, 'reviewers');
  // What was set up while the repository was public stays visible, but counts no more.
  if (isOffered !== false && hasReviewers(environment.body)) return [ok(subject)];

  const value = condition && sharedValue(condition.variable, answers);
  if (typeof value === 'object') return [hidden(subject, value)];
  const isReliedOn = !condition || value === condition.value;
  const without = withoutReviewers(condition, byHand, repository.full_name);
  const required = setUp(name, environment.status, repository);
  if (isReliedOn) {
    const who = condition ? `${condition.variable} is ${condition.value}, but nobody` : 'Nobody';
    const detail = `${who} has to approve: what is merged goes on by itself.`;
    return [
      isOffered === false
        ? missing(subject, `${detail} Private repositories can not require it on this plan.`, without)
        : missing(subject, detail, `${without}\nOr require them:\n${required}`),
    ];
  }
  if (isOffered === false)
    return [unavailable(subject, 'Private repositories can not require it on this plan.', without)];
  if (isOffered === undefined)
    return [
      unknown(
        subject,
        'Private repositories can require it on the Enterprise plan, and GitHub does not show you which plan this is.',
        `${without}\nOn Enterprise:\n${required}`,
      ),
    ];
  const use = `gh variable set ${condition.variable} --repo ${repository.full_name} --body ${condition.value}`;
  return [missing(subject, 'Nobody has to.', `${required}\n${use}`)];
}

/** @param {{ protection_rules?: { type: string, reviewers?: unknown[] }[] } | undefined} environment */
function hasReviewers(environment) {
  return (environment?.protection_rules ?? []).some(
    ({ type, reviewers = [] }) => type === 'required_reviewers' && reviewers.length > 0,
  );
}

/** @param {string} name @param {number} status @param {Answers['repository']} repository */
function setUp(name, status, repository) {
  if (status === 200) return `${repository.html_url}/settings/environments → ${name} → Required reviewers`;
  const reviewers = { reviewers: [{ type: 'User', id: 0 }] };
  return `gh api users/<name> --jq .id   # goes in place of the 0\n${creationOf(name, repository, reviewers)}`;
}

/** @param {Approval['condition']} condition @param {string[]} byHand @param {string} repository */
function withoutReviewers(condition, byHand, repository) {
  const commands = byHand.map((command) => `${command} --repo ${repository}`);
  return [
    condition
      ? `Leave ${condition.variable} unset: nothing goes on by itself then (gh variable delete ${condition.variable} --repo ${repository}).`
      : 'Let nothing go on by itself.',
    ...(commands.length > 0 ? [`A person starts what comes after: ${commands.join(', ')}`] : []),
  ].join('\n');
}
