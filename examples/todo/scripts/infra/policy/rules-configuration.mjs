// @ts-check
import { is, nested } from './blocks.mjs';

/** How configurations are written: backends, versions, providers, outputs, modules. */

/** Whether a folder is applied by itself, and is no module. */
const isRoot = (/** @type {string} */ folder) => !/(^|\/)modules\//.test(folder);

const FORBIDDEN = new Map([
  [
    'random_password',
    'its value would be in the state in clear text: let AWS make the secret, or log in by IAM',
  ],
  [
    'aws_secretsmanager_secret_version',
    'its value would be in the state in clear text: write it with the AWS CLI',
  ],
  ['aws_iam_access_key', 'a key that never expires: pipelines take roles by OIDC'],
  ['aws_iam_user', 'people log in by single sign-on, and pipelines take roles by OIDC'],
  ['null_resource', 'what it runs is in no plan'],
]);

/** @type {readonly import('./rules.mjs').Rule[]} */
export const configurationRules = [
  {
    about: 'A1: each configuration says which Terraform and which provider it takes',
    problems: (block, all) => {
      const settings = all.filter(({ kind }) => kind === 'terraform');
      const versions = settings.find(({ body }) => body.required_version || body.required_providers);
      if (block !== (versions ?? settings[0])) return [];
      const { body } = block;
      return [
        !/^>= 1\.(1[1-9]|[2-9]\d)/.test(body.required_version ?? '') &&
          'required_version must be ">= 1.11" or more: earlier ones have no lock files in S3',
        !/^~> 6\./.test(nested(body, 'required_providers')[0]?.aws?.version ?? '') &&
          'the version of the provider aws must be "~> 6.…"',
      ];
    },
  },
  {
    about: 'A2: the state of a root is in S3, encrypted, with a lock file, where its role reaches it',
    problems: ({ kind, folder, body }) => {
      if (kind !== 'terraform' || !body.backend) return [];
      const [s3] = nested(nested(body, 'backend')[0] ?? {}, 's3');
      if (!s3) return ['the backend must be s3'];
      return [
        !isRoot(folder) && 'a module has no backend: the root that calls it has one',
        s3.use_lockfile !== true && 'use_lockfile must be true, or two can write the state at once',
        s3.encrypt !== true && 'encrypt must be true',
        'dynamodb_table' in s3 && 'dynamodb_table is deprecated: use_lockfile locks',
        s3.key !== `${folder.split('/').at(-1)}/terraform.tfstate` &&
          'the key must be <environment>/terraform.tfstate: the roles of the pipelines reach no other',
      ];
    },
  },
  {
    about: 'A2: each root has a backend',
    problems: ({ kind, source, folder }, all) => [
      kind === 'provider' &&
        source === 'configuration' &&
        isRoot(folder) &&
        !all.some(({ body, kind: other }) => other === 'terraform' && body.backend) &&
        'a root needs a backend, or its state is on the disk of whoever applies it',
    ],
  },
  {
    about: 'each resource has the tag by which roles tell environments apart',
    problems: ({ kind, name, body, folder }) => {
      if (kind !== 'provider' || name !== 'aws') return [];
      const expected = folder.endsWith('/bootstrap') ? 'shared' : folder.split('/').at(-1);
      return [
        !isRoot(folder) && 'a module takes the provider of its root',
        !is(nested(body, 'default_tags')[0]?.tags?.environment, expected) &&
          `default_tags must have environment = "${expected}": without it, the infra role can't make keys`,
        ('access_key' in body || 'secret_key' in body) && 'credentials come from the environment',
      ];
    },
  },
  {
    about: 'A12: no secret passes through Terraform',
    problems: ({ kind, type, body }) => [
      (kind === 'resource' || kind === 'ephemeral') &&
        FORBIDDEN.has(type) &&
        `${type}: ${FORBIDDEN.get(type)}`,
      'provisioner' in body && 'a provisioner is in no plan: let a release or a task do it',
    ],
  },
  {
    about: 'A12: no secret in outputs',
    problems: ({ kind, body }) => [
      kind === 'output' &&
        (body.sensitive === true ||
          /\.(password|secret_string|private_key|private_key_pem|secret|auth_token)\b/.test(
            JSON.stringify(body.value),
          )) &&
        'an output with a secret is in the state in clear text: give the ARN of the secret',
    ],
  },
  {
    about: 'variables and outputs explain themselves',
    problems: ({ kind, body }) => [
      (kind === 'variable' || kind === 'output') && !body.description && 'needs a description',
      kind === 'variable' && !body.type && 'needs a type',
      kind === 'variable' &&
        /^(\$\{any\}|any)$/.test(body.type) &&
        'any refuses nothing: write the type down',
    ],
  },
  {
    about: 'what is composed is what was reviewed',
    problems: ({ kind, body }) => [
      kind === 'module' &&
        !/^\.\.?\//.test(body.source) &&
        'source must be a folder of this repository: what comes from elsewhere can change without a review',
    ],
  },
];
