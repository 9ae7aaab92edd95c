// @ts-check
import { approvalFindings } from './approvals.mjs';
import { kindOf, offers } from './answers.mjs';
import { creationOf } from './creation.mjs';
import { hidden, missing, ok, unavailable, unknown } from './finding.mjs';
import { variableFindings } from './variables.mjs';

/** @typedef {import('./answers.mjs').Answers} Answers */
/** @typedef {import('./finding.mjs').Finding} Finding */

/**
 * @param {import('./needs.mjs').Needs} needs
 * @param {Answers} answers
 * @returns {Finding[]}
 */
export function environmentFindings({ environments, approvals, variables, unread }, answers) {
  return [
    ...variableFindings(variables, answers),
    ...[...environments].flatMap(([name, names]) => {
      const approval = approvals.get(name);
      return [
        ...(approval ? approvalFindings(name, approval, answers) : existence(name, answers)),
        ...branches(name, answers),
        ...variableFindings(names, answers, name),
      ];
    }),
    ...unread.map((name) =>
      unknown(
        { id: `environment:${name}`, title: `The environment ${name} is protected` },
        'Which one that is, only a run knows.',
        'List the names: in the matrix, or as options of the input.',
      ),
    ),
  ];
}

/** @param {string} name @param {Answers} answers @returns {Finding[]} */
function existence(name, answers) {
  const { repository, environments } = answers;
  const subject = { id: `environment:${name}`, title: `The environment ${name} is there` };
  const answer = environments[name]?.environment;
  if (!answer) return [];
  if (offers(answers, 'environments') === false)
    return [
      unavailable(
        subject,
        'Private repositories have no environments on this plan.',
        `Make the repository public, or take a plan with them. Until then jobs of ${name} run from any branch, with the variables of the repository.`,
      ),
    ];
  // Whoever sees the repository sees its environments.
  if (answer.status === 404) return [missing(subject, 'It is not.', creationOf(name, repository))];
  return [answer.status === 200 ? ok(subject) : hidden(subject, answer)];
}

/** Who may write any branch must not get what an environment has. @param {string} name @param {Answers} answers @returns {Finding[]} */
function branches(name, answers) {
  const { repository, environments, protection } = answers;
  const { environment, policies } = environments[name] ?? {};
  if (environment?.status !== 200 || offers(answers, 'environments') === false) return [];
  const branch = repository.default_branch;
  const subject = { id: `environment:${name}:branches`, title: `Only ${branch} gets at ${name}` };
  const where = `${repository.html_url}/settings/environments → ${name} → Deployment branches and tags → Selected branches and tags → ${branch}`;
  const policy = environment.body.deployment_branch_policy;
  if (!policy) return [missing(subject, 'Any branch does.', where)];
  if (policy.protected_branches) {
    const kind = kindOf(protection, repository);
    if (kind === 'hidden') return [hidden(subject, protection)];
    // Rulesets don't count, and where nothing protects a branch, GitHub lets all of them in.
    return kind === 'given'
      ? [ok(subject)]
      : [
          missing(
            subject,
            'Protected branches do, but no branch has a protection rule, so that any does.',
            where,
          ),
        ];
  }
  if (!policies || policies.status !== 200) return policies ? [hidden(subject, policies)] : [];
  /** @type {string[]} */
  const names = policies.body.map(
    (/** @type {{ name: string, type?: string }} */ { name: pattern, type = 'branch' }) =>
      type === 'branch' ? pattern : `${type} ${pattern}`,
  );
  const others = names.filter((pattern) => pattern !== branch);
  if (others.length > 0) return [missing(subject, `So does what is called ${others.join(', ')}.`, where)];
  return names.length > 0 ? [ok(subject)] : [missing(subject, 'No branch does.', where)];
}
