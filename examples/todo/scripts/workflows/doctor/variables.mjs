// @ts-check
import { kindOf, offers } from './answers.mjs';
import { hidden, missing, ok } from './finding.mjs';

/** @typedef {import('./answers.mjs').Answers} Answers */
/** @typedef {import('./github.mjs').Answer} Answer */

/**
 * Whether each of these variables is set, for an environment or for all jobs.
 *
 * @param {string[]} names
 * @param {Answers} answers
 * @param {string} [environment]
 * @returns {import('./finding.mjs').Finding[]}
 */
export function variableFindings(names, answers, environment) {
  const { repository, environments } = answers;
  const own = environment === undefined ? undefined : environments[environment]?.variables;
  const lists = [own, ...sharedLists(answers)].filter((list) => list !== undefined);
  const refused = lists.find((list) => kindOf(list, repository) === 'hidden');
  const hasScope = environment !== undefined && offers(answers, 'environments') !== false;
  const scope = !hasScope ? '' : ` --env ${environment}`;
  return names.map((name) => {
    const subject = {
      id: `variable:${environment === undefined ? '' : `${environment}:`}${name}`,
      title: `The variable ${name} is set${environment === undefined ? '' : ` for ${environment}`}`,
    };
    if (lists.some((list) => valueIn(list, name) !== undefined)) return ok(subject);
    if (refused) return hidden(subject, refused);
    return missing(
      subject,
      'Workflows hand it to actions, which fail without it.',
      `gh variable set ${name}${scope} --repo ${repository.full_name} --body …`,
    );
  });
}

/**
 * The value of a variable that holds for all jobs: undefined where it is not set, and an answer where it is not shown.
 *
 * @param {string} name
 * @param {Answers} answers
 * @returns {string | undefined | Answer}
 */
export function sharedValue(name, answers) {
  const lists = sharedLists(answers).filter((list) => list !== undefined);
  const refused = lists.find((list) => kindOf(list, answers.repository) === 'hidden');
  // That of the repository comes first, as it does in a run.
  return lists.map((list) => valueIn(list, name)).find((value) => value !== undefined) ?? refused;
}

/** @param {Answers} answers */
function sharedLists({ variables, organizationVariables }) {
  return [variables, organizationVariables];
}

/** @param {Answer} list @param {string} name @returns {string | undefined} */
function valueIn({ status, body }, name) {
  if (status !== 200) return undefined;
  return body.find((/** @type {{ name: string }} */ variable) => variable.name === name)?.value;
}
