// @ts-check
import { kindOf, offers } from './answers.mjs';
import { hidden, missing, ok, unavailable, unknown } from './finding.mjs';

/** @typedef {import('./answers.mjs').Answers} Answers */
/** @typedef {import('./finding.mjs').Finding} Finding */
/** @typedef {import('./finding.mjs').Subject} Subject */

/**
 * What GitHub does against leaks and for what has become unsafe, and what a workflow may do at most.
 *
 * @param {Answers} answers
 * @returns {Finding[]}
 */
export function securityFindings(answers) {
  const { repository, alerts, reporting, token } = answers;
  const { full_name: name } = repository;
  return [
    scanning('secret_scanning', 'Secrets in the code are found', answers),
    scanning('secret_scanning_push_protection', 'Secrets are refused when they are pushed', answers),
    judge(
      { id: 'alerts', title: 'Dependabot tells of dependencies that are vulnerable' },
      alerts,
      repository,
      () => true,
      `gh api --method PUT repos/${name}/vulnerability-alerts`,
    ),
    ...(reporting
      ? [
          judge(
            { id: 'reporting', title: 'Vulnerabilities can be reported in private' },
            reporting,
            repository,
            ({ enabled }) => enabled,
            `gh api --method PUT repos/${name}/private-vulnerability-reporting`,
          ),
        ]
      : []),
    judge(
      { id: 'actions:token', title: 'Workflows may only read, unless they name a right' },
      token,
      repository,
      ({ default_workflow_permissions: rights }) => rights === 'read',
      tokenRemedy(name),
      'They may write.',
    ),
    judge(
      { id: 'actions:approve', title: 'Workflows can not approve pull requests' },
      token,
      repository,
      ({ can_approve_pull_request_reviews: can }) => !can,
      tokenRemedy(name),
      'They can.',
    ),
    ...pinning(answers),
  ];
}

/** @param {string} name */
function tokenRemedy(name) {
  return `gh api --method PUT repos/${name}/actions/permissions/workflow -f default_workflow_permissions=read -F can_approve_pull_request_reviews=false`;
}

/**
 * @param {Subject} subject
 * @param {import('./github.mjs').Answer} answer
 * @param {Answers['repository']} repository
 * @param {(body: any) => boolean} isMet
 * @param {string} remedy
 * @param {string} [detail]
 */
function judge(subject, answer, repository, isMet, remedy, detail = 'It is off.') {
  const kind = kindOf(answer, repository);
  if (kind === 'unavailable') return unavailable(subject, answer.message, 'Take a plan with it.');
  if (kind === 'hidden') return hidden(subject, answer);
  return kind === 'given' && isMet(answer.body) ? ok(subject) : missing(subject, detail, remedy);
}

/** @param {string} key @param {string} title @param {Answers} answers @returns {Finding} */
function scanning(key, title, answers) {
  const { full_name, visibility, permissions, security_and_analysis: settings } = answers.repository;
  const subject = { id: key.replaceAll('_', '-'), title };
  const status = settings?.[key]?.status;
  if (status === 'enabled') return ok(subject);
  if (offers(answers, 'secretScanning') === false)
    return unavailable(
      subject,
      'Private repositories can have it on the Team and Enterprise plans, with GitHub Secret Protection.',
      'Keep secrets out of the repository, and replace at once what got into it.',
    );
  if (!settings)
    return unknown(
      subject,
      permissions?.admin
        ? 'GitHub does not show it to this token.'
        : 'GitHub shows it to administrators only.',
      'It needs admin rights: let an administrator of the repository run this.',
    );
  const price = visibility === 'public' ? '' : '   # GitHub Secret Protection has its price';
  return missing(
    subject,
    'It is off.',
    `gh api --method PATCH repos/${full_name} -f 'security_and_analysis[${key}][status]=enabled'${price}`,
  );
}

/** GitHub servers of one's own may not know it yet. @param {Answers} answers @returns {Finding[]} */
function pinning({ repository, actions }) {
  const {
    enabled = true,
    allowed_actions: allowed = 'all',
    sha_pinning_required: isRequired,
  } = actions.body ?? {};
  if (actions.status === 200 && isRequired === undefined) return [];
  return [
    judge(
      { id: 'actions:pinning', title: 'Actions run by their commit only' },
      actions,
      repository,
      () => isRequired,
      `gh api --method PUT repos/${repository.full_name}/actions/permissions -F enabled=${enabled} -f allowed_actions=${allowed} -F sha_pinning_required=true`,
      'They run by tags, too.',
    ),
  ];
}
