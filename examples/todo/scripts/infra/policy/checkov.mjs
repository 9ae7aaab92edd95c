// @ts-check
import { isExpression, nested } from './blocks.mjs';

/** @typedef {import('./blocks.mjs').Body} Body */

/**
 * What the scanner checkov asks of such an infrastructure. `holds` says whether a resource of the type meets it as it is
 * written; where there is none, it is not met on purpose, and a comment in the resource says why
 * (`checkov:skip=<id>:<reason>`), which checkov reads, too.
 *
 * @typedef {object} Asked
 * @property {string} id
 * @property {string} asks
 * @property {string} type
 * @property {(body: Body) => boolean} [holds]
 */

/** @type {(name: string, value: unknown) => (body: Body) => boolean} */
const says = (name, value) => (body) => body[name] === value;
/** @type {(name: string) => (body: Body) => boolean} */
const has = (name) => (body) => Boolean(body[name]?.length);
/** @type {(block: string, name: string, value: unknown) => (body: Body) => boolean} */
const within = (block, name, value) => (body) => nested(body, block).some((inner) => inner[name] === value);

const LISTENER = 'aws_lb_listener';
const isRedirect = within('redirect', 'protocol', 'HTTPS');
const redirects = (/** @type {Body} */ body) => nested(body, 'default_action').some(isRedirect);

const isLocalOrEncrypted = (/** @type {Body} */ volume) =>
  nested(volume, 'efs_volume_configuration').every((efs) => efs.transit_encryption === 'ENABLED');

/** @type {(type: string, rows: readonly (readonly [string, string, ((body: Body) => boolean)?])[]) => Asked[]} */
const of = (type, rows) =>
  rows.map(([number, asks, holds]) => ({ id: `CKV_AWS_${number}`, asks, type, ...(holds && { holds }) }));

/** @type {readonly Asked[]} */
export const checkov = [
  ...of('aws_ecs_cluster', [
    ['65', 'containers are measured', within('setting', 'name', 'containerInsights')],
  ]),
  ...of('aws_ecs_service', [
    ['332', 'the newest platform', says('platform_version', 'LATEST')],
    ['333', 'no public address', within('network_configuration', 'assign_public_ip', false)],
  ]),
  ...of('aws_ecs_task_definition', [
    [
      '97',
      'volumes are encrypted on their way',
      (body) => has('container_definitions')(body) && nested(body, 'volume').every(isLocalOrEncrypted),
    ],
    [
      '249',
      'the code has another role than what starts it',
      ({ task_role_arn: code, execution_role_arn: start }) => Boolean(code && start) && code !== start,
    ],
    ['336', 'a file system that is only read', has('container_definitions')],
  ]),
  ...of('aws_db_instance', [
    ['16', 'encrypted storage', says('storage_encrypted', true)],
    ['17', 'not public', says('publicly_accessible', false)],
    ['118', 'enhanced monitoring', ({ monitoring_interval: seconds }) => seconds > 0],
    ['129', 'exported logs', has('enabled_cloudwatch_logs_exports')],
    ['133', 'backups', ({ backup_retention_period: days }) => days > 0 || isExpression(days)],
    ['157', 'a stand-by in another zone'],
    ['161', 'login by IAM', says('iam_database_authentication_enabled', true)],
    ['226', 'minor versions come by themselves', says('auto_minor_version_upgrade', true)],
    ['293', 'protection from deletion'],
    ['353', 'Performance Insights', says('performance_insights_enabled', true)],
    ['354', 'Performance Insights with a key of ours', has('performance_insights_kms_key_id')],
  ]),
  ...of('aws_lb', [
    ['91', 'a log of requests', within('access_logs', 'enabled', true)],
    ['131', 'headers that are none are dropped', says('drop_invalid_header_fields', true)],
    ['150', 'protection from deletion'],
  ]),
  ...of(LISTENER, [
    ['2', 'HTTPS', (body) => body.protocol === 'HTTPS' || redirects(body)],
    ['103', 'TLS 1.2 or later', (body) => /TLS13-1-2/.test(body.ssl_policy ?? '') || redirects(body)],
  ]),
  ...of('aws_ecr_repository', [
    ['51', 'tags stay where they are', says('image_tag_mutability', 'IMMUTABLE')],
    ['136', 'images with a key of ours', within('encryption_configuration', 'encryption_type', 'KMS')],
    ['163', 'images are scanned', within('image_scanning_configuration', 'scan_on_push', true)],
  ]),
  ...of('aws_cloudwatch_log_group', [
    ['158', 'logs with a key of ours', has('kms_key_id')],
    ['338', 'logs for a year'],
  ]),
];
