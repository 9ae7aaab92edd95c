import type { Violation } from './infra-violations.ts';

/** A further block of a kind that the file has. */
const further = (kind: string, block: string): Pick<Violation, 'text' | 'by'> => ({
  text: `"${kind}": {`,
  by: `"${kind}": { ${block},`,
});

/** A resource, beside the modules. */
const resource = (type: string, body: string): Pick<Violation, 'text' | 'by'> => ({
  text: '"terraform": {',
  by: `"resource": { "${type}": { "planted": ${body} } }, "terraform": {`,
});

const STAGING = 'environments/staging/cdk.tf.json';
const PRODUCTION = 'environments/production/cdk.tf.json';

const planted: readonly (Omit<Violation, 'file'> & { readonly file?: string })[] = [
  {
    breaks: 'A1',
    mistake: 'a Terraform without lock files in S3',
    text: '">= 1.11"',
    by: '">= 1.5"',
    refusal: 'required_version must be ">= 1.11"',
  },
  {
    breaks: 'A1',
    mistake: 'any version of the provider',
    text: '"~> 6.0"',
    by: '">= 5.0"',
    refusal: 'the version of the provider aws',
  },
  {
    breaks: 'A2, H6',
    mistake: 'no lock',
    text: '"use_lockfile": true',
    by: '"use_lockfile": false',
    refusal: 'use_lockfile must be true',
  },
  {
    breaks: 'A2',
    mistake: 'a state in clear text',
    text: '"encrypt": true',
    by: '"encrypt": false',
    refusal: 'encrypt must be true',
  },
  {
    breaks: 'A2',
    mistake: 'the state of another environment',
    text: 'staging/terraform.tfstate',
    by: 'production/terraform.tfstate',
    refusal: 'the key must be <environment>/terraform.tfstate',
  },
  {
    breaks: 'A2',
    mistake: 'a state on disk',
    text: '"s3": {',
    by: '"local": {',
    refusal: 'the backend must be s3',
  },
  {
    breaks: 'A2',
    mistake: 'a root without a backend',
    text: '"backend": {',
    by: '"provider_meta": {',
    refusal: 'a root needs a backend',
  },
  {
    breaks: 'A8',
    mistake: 'resources with the tag of another environment',
    text: '"environment": "staging",\n            "service"',
    by: '"service"',
    refusal: 'default_tags must have environment = "staging"',
  },
  {
    breaks: 'A12',
    mistake: 'credentials of the provider',
    text: '"region": "${var.region}"\n      }',
    by: '"access_key": "${var.region}"\n      }',
    refusal: 'credentials come from the environment',
  },
  {
    breaks: 'A12',
    mistake: 'a password in the state',
    ...resource('random_password', '{ "length": 32 }'),
    refusal: 'its value would be in the state in clear text',
  },
  {
    breaks: 'A12',
    mistake: 'an output with a secret',
    ...further('output', '"planted": { "description": "x", "sensitive": true, "value": "x" }'),
    refusal: 'an output with a secret is in the state in clear text',
  },
  {
    breaks: 'A5',
    mistake: 'every action of a service',
    ...further('locals', '"planted": { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a" }'),
    refusal: 'an action with *',
  },
  {
    breaks: 'A12',
    mistake: 'production without a standby',
    file: PRODUCTION,
    text: '"multi_az": true',
    by: '"multi_az": false',
    refusal: 'multi_az',
  },
  {
    breaks: 'A12',
    mistake: 'production that can be deleted',
    file: PRODUCTION,
    text: '"deletion_protection": true',
    by: '"deletion_protection": false',
    refusal: 'deletion_protection',
  },
  {
    breaks: 'A13',
    mistake: 'a secret in the clear',
    text: '"log_retention_days"',
    by: '"environment_variables": { "API_TOKEN": "x" }, "log_retention_days"',
    refusal: 'API_TOKEN: looks like a secret in the clear',
  },
  {
    breaks: 'A15',
    mistake: 'a port that is open to the world',
    ...resource(
      'aws_vpc_security_group_ingress_rule',
      '{ "security_group_id": "sg-1", "cidr_ipv4": "0.0.0.0/0", "from_port": 22, "to_port": 22, "ip_protocol": "tcp" }',
    ),
    refusal: 'only the balancer may be reached from anywhere',
  },
  {
    breaks: 'the review',
    mistake: 'a module from elsewhere',
    text: '../../modules/environment',
    by: 'git::https://example.com/environment',
    refusal: 'source must be a folder of this repository',
  },
  {
    breaks: 'the validation',
    mistake: 'a variable that takes anything',
    text: '"type": "string"',
    by: '"type": "any"',
    refusal: 'any refuses nothing',
  },
];

/** Mistakes in what stacks write: the same rules, in the other form of Terraform's language. */
export const JSON_VIOLATIONS: readonly Violation[] = planted.map((violation) => ({
  file: STAGING,
  ...violation,
}));
