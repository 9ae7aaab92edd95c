// @ts-check
import { isExpression } from './blocks.mjs';

/** Who may do what: IAM, policies of resources, trust. */

/** @typedef {import('./blocks.mjs').Body} Body */

/**
 * Calls for which AWS has no resource, or that only list what there is. All others must name theirs.
 */
const WITHOUT_RESOURCE = [
  /^(application-autoscaling|ec2|elasticloadbalancing|rds|ssm):Describe\w+$/,
  /^(ecs|route53|kms|logs|cloudwatch|ecr):List\w+$/,
  /^cloudwatch:GetMetricData$/,
  /^logs:(CreateLogDelivery|DeleteLogDelivery|GetLogDelivery|PutResourcePolicy|PutQueryDefinition|DeleteQueryDefinition|Describe(LogGroups|QueryDefinitions|ResourcePolicies))$/,
  /^ecr:GetAuthorizationToken$/,
  /^ecs:(DescribeTaskDefinition|RegisterTaskDefinition|DeregisterTaskDefinition)$/,
  /^ssmmessages:(Create|Open)(Control|Data)Channel$/,
  /^acm:RequestCertificate$/,
  /^elasticloadbalancing:SetWebAcl$/,
  /^elasticfilesystem:Describe(AccessPoints|MountTargets)$/,
  /^route53:(AssociateVPCWithHostedZone|CreateHostedZone)$/,
  /^servicediscovery:(CreatePrivateDnsNamespace|CreateService|GetOperation)$/,
  /^(sso|organizations):\w+$/,
];

const list = (/** @type {any} */ value) =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/**
 * @param {Body} statement
 * @returns {readonly (string | false | undefined)[]}
 */
function statementProblems(statement) {
  const { Sid = '', Condition = {} } = statement;
  if (statement.Unreadable) return [`rights can't be read: ${statement.Unreadable}`];
  if (statement.Effect !== 'Allow') return [];
  const actions = list(statement.Action).filter((action) => !isExpression(action));
  const resources = list(statement.Resource);
  const toAnybody = list(statement.Principal?.AWS ?? statement.Principal).includes('*');
  // A policy of a resource names who; its "*" is that resource.
  const everywhere = resources.includes('*') && !statement.Principal;
  // A tag of the request, or the cluster, narrows what "*" means.
  const narrowed = /"(aws:RequestTag\/environment|ecs:cluster)"/.test(JSON.stringify(Condition));
  const wide = actions.filter((action) => !WITHOUT_RESOURCE.some((pattern) => pattern.test(action)));
  const subjects = Object.entries(Condition).filter(([, keys]) => /:sub\b/.test(Object.keys(keys).join(' ')));
  return [
    ('NotAction' in statement || 'NotResource' in statement) && `${Sid}: allow by name, not by exception`,
    actions.some((action) => action.includes('*')) &&
      `${Sid}: an action with * allows what AWS adds tomorrow`,
    toAnybody && `${Sid}: allows anybody`,
    everywhere &&
      !narrowed &&
      wide.length > 0 &&
      `${Sid}: on "*", though it could name its resource: ${wide.join(', ')}`,
    actions.includes('iam:PassRole') &&
      resources.some((resource) => /^\*$|:role\/\*/.test(resource)) &&
      `${Sid}: PassRole must name the roles`,
    actions.includes('iam:PassRole') &&
      !JSON.stringify(Condition).includes('"iam:PassedToService"') &&
      `${Sid}: PassRole must say to which service (iam:PassedToService)`,
    Object.keys(Condition).some((operator) => operator.startsWith('ForAllValues')) &&
      `${Sid}: ForAllValues also holds where the value is missing`,
    subjects.some(([operator]) => operator !== 'StringEquals') &&
      `${Sid}: the subject must be compared with StringEquals: a wildcard lets strangers in`,
    actions.includes('sts:AssumeRoleWithWebIdentity') &&
      !/:repository_id"/.test(JSON.stringify(Condition)) &&
      `${Sid}: trust needs the id of the repository: a name can change hands`,
    actions.includes('sts:AssumeRoleWithWebIdentity') &&
      !/:aud"/.test(JSON.stringify(Condition)) &&
      `${Sid}: trust needs the audience`,
  ];
}

/**
 * @param {string} text
 * @returns {readonly (string | false)[]}
 */
function unexplained(text) {
  return [...text.matchAll(/\bResource"?\s*[=:]\s*\[?\s*"\*"/g)].map(({ index }) => {
    const statement = text.slice(start(text, index), index);
    // A policy of a resource names who; its "*" is that resource.
    const judged = !/\bEffect\s*[=:]\s*"Deny"|\bPrincipal\b/.test(statement);
    const above = text.slice(0, index).split('\n').at(-2) ?? '';
    const line = text.slice(0, index).split('\n').length;
    return (
      judged && !/^\s*(#|\/\/)/.test(above) && `line ${line}: "*" needs a comment above it that says why`
    );
  });
}

/**
 * Where the object begins in which something stands.
 *
 * @param {string} text
 * @param {number} index
 */
function start(text, index) {
  let depth = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    if (text[at] === '}') depth += 1;
    if (text[at] === '{' && --depth < 0) return at;
  }
  return 0;
}

/** @type {readonly import('./rules.mjs').Rule[]} */
export const rightsRules = [
  {
    about: 'A5, A6, A7: what is allowed is named',
    problems: ({ objects }) => objects.filter((object) => 'Effect' in object).flatMap(statementProblems),
  },
  {
    about: 'A5: where a right has no resource, a comment says why',
    problems: ({ text = '' }) => unexplained(text),
  },
  {
    about: 'A5: no policy of AWS that allows nearly everything',
    type: 'aws_iam_role_policy_attachment',
    problems: ({ body }) => [
      /:aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess|.*FullAccess)$/.test(
        body.policy_arn,
      ) && 'allows nearly everything: write down what is needed',
    ],
  },
  {
    about: 'no pipeline can make a role that may do more than the boundary',
    type: 'aws_iam_role',
    problems: ({ body, folder }) => [
      !folder.endsWith('/bootstrap') && !body.permissions_boundary && 'needs permissions_boundary',
    ],
  },
];
