// @ts-check
import { is, nested } from './blocks.mjs';

/** @typedef {import('./blocks.mjs').Block} Block */
/** @typedef {import('./blocks.mjs').Body} Body */

/** What the internet reaches: networks, security groups, the balancer. */

const ANYWHERE = new Set(['0.0.0.0/0', '::/0']);
const INGRESS = 'only the balancer may be reached from anywhere, on 80 and 443';

const isBalancer = (/** @type {Block} */ { folder, where }) => /load[-_]balancer/.test(`${folder} ${where}`);
const isDatabase = (/** @type {Block} */ { folder, where }) =>
  /modules\/database|\.database/.test(`${folder} ${where}`);

/**
 * @param {Block} block
 * @param {Body} rule With ports, and one or many ranges.
 */
function opensTooMuch(
  block,
  { cidr_ipv4, cidr_ipv6, cidr_blocks = [], ipv6_cidr_blocks = [], from_port, to_port },
) {
  const ranges = [cidr_ipv4, cidr_ipv6, ...[cidr_blocks].flat(), ...[ipv6_cidr_blocks].flat()];
  if (!ranges.some((range) => ANYWHERE.has(range))) return false;
  return !(isBalancer(block) && from_port === to_port && (from_port === 443 || from_port === 80));
}

/** How a person finds the groups of what runs the code: the service, and its migrations. */
const OF_TASKS = /\bservice\.aws_security_group\.(service|migration)$/;
/** The outputs by which these groups are handed on. */
const TASKS = /^\$\{module\.service\.(task|migration)_security_group_id\}$/;

/**
 * Whatever lets others than the tasks into some security groups, as it would be made.
 *
 * @param {readonly unknown[]} ids
 * @param {readonly Block[]} all
 */
function letsInOthers(ids, all) {
  const groups = all.filter(({ type }) => type === 'aws_security_group');
  const tasks = groups.filter(({ where }) => OF_TASKS.test(where)).map(({ body }) => body.id);
  return [
    ...all
      .filter(
        ({ type, body }) => /_ingress_rule$|group_rule$/.test(type) && ids.includes(body.security_group_id),
      )
      .filter(({ body }) => body.type !== 'egress' && !tasks.includes(body.referenced_security_group_id)),
    ...groups.filter(({ body }) => ids.includes(body.id) && nested(body, 'ingress').length > 0),
  ].map(({ where }) => `${where.replace(/^.*: /, '')} lets in others than the tasks`);
}

/** @type {readonly import('./rules.mjs').Rule[]} */
export const edgeRules = [
  {
    about: 'A15: nothing but the balancer is open to the world',
    type: 'aws_vpc_security_group_ingress_rule',
    problems: (block) => [
      opensTooMuch(block, block.body) && INGRESS,
      isDatabase(block) &&
        (block.body.cidr_ipv4 || block.body.cidr_ipv6) &&
        'the database lets in security groups, and no addresses',
    ],
  },
  {
    about: 'A15: the tasks reach the database, and nobody else',
    type: 'aws_db_instance',
    problems: ({ source, body }, all) =>
      source === 'state' ? letsInOthers(body.vpc_security_group_ids, all) : [],
  },
  {
    about: 'A15: the tasks reach the cache, and nobody else',
    type: 'aws_elasticache_replication_group',
    problems: ({ source, body }, all) =>
      source === 'state' ? letsInOthers(body.security_group_ids, all) : [],
  },
  {
    about: 'A15: the tasks reach the database, and nobody else',
    problems: ({ kind, body }) =>
      kind === 'module' && body.client_security_group_ids
        ? Object.entries(body.client_security_group_ids).map(
            ([client, id]) =>
              !TASKS.test(id) && `${client}: only the tasks of service and migration may be clients`,
          )
        : [],
  },
  {
    about: 'A15: rules of other forms are no way around',
    type: 'aws_security_group',
    problems: (block) => [nested(block.body, 'ingress').some((rule) => opensTooMuch(block, rule)) && INGRESS],
  },
  {
    about: 'A15: rules of other forms are no way around',
    type: 'aws_security_group_rule',
    problems: (block) => [block.body.type === 'ingress' && opensTooMuch(block, block.body) && INGRESS],
  },
  {
    about: 'A15: what calls out does so by HTTPS',
    type: 'aws_vpc_security_group_egress_rule',
    problems: ({ body }) => [
      (ANYWHERE.has(body.cidr_ipv4) || ANYWHERE.has(body.cidr_ipv6)) &&
        !(is(body.from_port, 443) && is(body.to_port, 443)) &&
        'anywhere may be called on 443 only',
    ],
  },
  {
    about: 'nothing gets a public address by accident',
    type: 'aws_subnet',
    problems: ({ body }) => [
      !is(body.map_public_ip_on_launch, false) && 'map_public_ip_on_launch must be false',
    ],
  },
  {
    about: 'the defaults of a network are closed',
    type: 'aws_vpc',
    problems: ({ source, folder }, all) => [
      source === 'configuration' &&
        !all.some((other) => other.type === 'aws_default_security_group') &&
        'empty its default security group (aws_default_security_group)',
      source === 'configuration' &&
        !all.some((other) => other.type === 'aws_flow_log') &&
        `${folder} needs flow logs`,
    ],
  },
  {
    about: 'the default security group lets nothing through',
    type: 'aws_default_security_group',
    problems: ({ body }) => [
      (nested(body, 'ingress').length > 0 || nested(body, 'egress').length > 0) && 'must have no rules',
    ],
  },
  {
    about: 'clients speak TLS of today',
    type: 'aws_lb_listener',
    problems: ({ body }) =>
      body.protocol === 'HTTPS'
        ? [
            !/^ELBSecurityPolicy-TLS13-1-[23]-/.test(body.ssl_policy ?? '') &&
              'ssl_policy must be one of TLS 1.2 and 1.3',
          ]
        : [
            !nested(body, 'default_action').every(
              (action) =>
                action.type === 'redirect' &&
                nested(action, 'redirect').some(({ protocol }) => protocol === 'HTTPS'),
            ) && 'HTTP may only redirect to HTTPS',
          ],
  },
  {
    about: 'the balancer keeps a log, and drops what could be read in two ways',
    type: 'aws_lb',
    problems: ({ body }) => [
      !is(body.drop_invalid_header_fields, true) && 'drop_invalid_header_fields must be true',
      !nested(body, 'access_logs').some(({ enabled }) => is(enabled, true)) && 'needs access_logs',
      !('idle_timeout' in body) &&
        'idle_timeout must be said: it has to be less than the keep-alive of the service',
    ],
  },
  {
    about: 'A14: releases lose no request',
    type: 'aws_lb_target_group',
    problems: ({ body }) => [
      !('deregistration_delay' in body) &&
        'deregistration_delay must be said: AWS waits for 300 seconds otherwise',
      nested(body, 'health_check').length === 0 && 'needs a health_check',
    ],
  },
];
