// @ts-check
import { ask, askAll, Unaskable } from './github.mjs';

/** @typedef {import('./answers.mjs').Answers} Answers */
/** @typedef {import('./answers.mjs').EnvironmentAnswers} EnvironmentAnswers */
/** @typedef {import('./answers.mjs').Repository} Repository */

/**
 * Asks GitHub for all that findings are made of, and changes nothing. Throws {@link Unaskable}.
 *
 * @param {string | undefined} name `owner/name`; undefined for the one that gh takes this folder for.
 * @param {Iterable<string>} environments
 * @returns {Promise<Answers>}
 */
export async function survey(name, environments) {
  const answer = await ask(`repos/${name ?? '{owner}/{repo}'}`);
  if (answer.status !== 200)
    throw new Unaskable(
      `GitHub does not show ${name ?? 'the repository of this folder'} to you (${answer.status}: ${answer.message}).`,
      'Check its name, and who you are: gh auth status',
    );
  /** @type {Repository} */
  const repository = answer.body;
  const root = `repos/${repository.full_name}`;
  const branch = encodeURIComponent(repository.default_branch);
  const isPublic = repository.visibility === 'public';
  const [plan, rules, protection, variables, organizationVariables, alerts, reporting, actions, token, each] =
    await Promise.all([
      isPublic ? undefined : planOf(repository),
      askAll(`${root}/rules/branches/${branch}`),
      ask(`${root}/branches/${branch}/protection`),
      askAll(`${root}/actions/variables`, 'variables'),
      repository.owner.type === 'Organization'
        ? askAll(`${root}/actions/organization-variables`, 'variables')
        : undefined,
      ask(`${root}/vulnerability-alerts`),
      isPublic ? ask(`${root}/private-vulnerability-reporting`) : undefined,
      ask(`${root}/actions/permissions`),
      ask(`${root}/actions/permissions/workflow`),
      Promise.all(
        [...environments].map(async (environment) => {
          const answers = await environmentOf(`${root}/environments/${encodeURIComponent(environment)}`);
          return /** @type {const} */ ([environment, answers]);
        }),
      ),
    ]);
  return {
    ...{ repository, plan, rules, protection, variables, organizationVariables, alerts, reporting },
    ...{ actions, token, environments: Object.fromEntries(each) },
  };
}

/** GitHub shows plans to owners only. @param {Repository} repository @returns {Promise<string | undefined>} */
async function planOf({ owner }) {
  const { status, body } = await ask(owner.type === 'Organization' ? `orgs/${owner.login}` : 'user');
  return status === 200 && body.login === owner.login ? body.plan?.name : undefined;
}

/** @param {string} path @returns {Promise<EnvironmentAnswers>} */
async function environmentOf(path) {
  const environment = await ask(path);
  if (environment.status !== 200) return { environment, policies: undefined, variables: undefined };
  const hasPolicies = environment.body.deployment_branch_policy?.custom_branch_policies === true;
  return {
    environment,
    policies: hasPolicies ? await askAll(`${path}/deployment-branch-policies`, 'branch_policies') : undefined,
    variables: await askAll(`${path}/variables`, 'variables'),
  };
}
