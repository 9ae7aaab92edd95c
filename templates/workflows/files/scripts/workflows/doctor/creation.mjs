// @ts-check

/**
 * The commands that make an environment for the default branch.
 *
 * @param {string} name
 * @param {import('./answers.mjs').Repository} repository
 * @param {object} [settings] What it has besides.
 */
export function creationOf(name, { full_name, default_branch }, settings = {}) {
  const path = `repos/${full_name}/environments/${encodeURIComponent(name)}`;
  const body = {
    ...settings,
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  };
  return [
    `gh api --method PUT ${path} --input - <<< '${JSON.stringify(body)}'`,
    `gh api --method POST ${path}/deployment-branch-policies --field name=${default_branch}`,
  ].join('\n');
}
