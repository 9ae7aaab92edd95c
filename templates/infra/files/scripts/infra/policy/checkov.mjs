// @ts-check
import { isExpression, nested } from './blocks.mjs';

/** @typedef {import('./blocks.mjs').Block} Block */
/** @typedef {import('./blocks.mjs').Body} Body */

/**
 * Whether a resource meets what is asked, as it is written, among all that is written with it.
 *
 * @typedef {(body: Body, block: Block, all: readonly Block[]) => boolean} Holds
 */

/**
 * What the scanner checkov asks of such an infrastructure. Where a resource of the type does not meet it, or where there is no
 * `holds`, that is on purpose, and a comment in the resource says why (`checkov:skip=<id>:<reason>`), which checkov reads, too.
 *
 * @typedef {object} Asked
 * @property {string} id
 * @property {string} asks
 * @property {string} type
 * @property {Holds} [holds]
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

/**
 * What S3 keeps apart from the bucket: whether there is such a resource of it that meets a condition.
 *
 * @param {string} type
 * @param {(body: Body) => boolean} holds
 * @returns {Holds}
 */
const ofBucket =
  (type, holds) =>
  (_body, { name, folder }, all) =>
    all.some(
      (other) =>
        other.folder === folder &&
        other.type === type &&
        String(other.body.bucket).includes(`aws_s3_bucket.${name}.`) &&
        holds(other.body),
    );
const sse = (/** @type {string | undefined} */ algorithm) =>
  ofBucket('aws_s3_bucket_server_side_encryption_configuration', (body) =>
    nested(body, 'rule')
      .flatMap((rule) => nested(rule, 'apply_server_side_encryption_by_default'))
      .some(({ sse_algorithm: found }) => (algorithm ? found === algorithm : Boolean(found))),
  );
const OWNER = 'BucketOwnerEnforced';
/** Access control lists are off, and so is all that they could open. */
const withoutLists = ofBucket('aws_s3_bucket_ownership_controls', within('rule', 'object_ownership', OWNER));

const isEveryone = (/** @type {unknown} */ principal) =>
  /^("\*"|\{"AWS":"\*"\})$/.test(JSON.stringify(principal) ?? '');
/** @type {Holds} No policy beside it allows anything to everyone. */
const namesWhoMay = ({ policy }, { folder }, all) =>
  Boolean(policy) &&
  !all.some(
    (other) =>
      other.folder === folder &&
      other.objects.some(({ Effect, Principal }) => Effect === 'Allow' && isEveryone(Principal)),
  );

const isLocalOrEncrypted = (/** @type {Body} */ volume) =>
  nested(volume, 'efs_volume_configuration').every((efs) => efs.transit_encryption === 'ENABLED');

/** @type {(type: string, rows: readonly (readonly [string, string, Holds?])[]) => Asked[]} */
const of = (type, rows) =>
  rows.map(([number, asks, holds]) => ({
    id: number.startsWith('CKV') ? number : `CKV_AWS_${number}`,
    ...{ asks, type, ...(holds && { holds }) },
  }));

/** Types that an environment may do without. */
export const dispensable = new Set(['aws_elasticache_replication_group']);

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
  ...of('aws_s3_bucket', [
    ['18', 'a log of requests'],
    ['19', 'encrypted', sse(undefined)],
    ['20', 'no list lets everybody read', withoutLists],
    [
      '21',
      'old versions stay',
      ofBucket('aws_s3_bucket_versioning', within('versioning_configuration', 'status', 'Enabled')),
    ],
    ['57', 'no list lets everybody write', withoutLists],
    ['144', 'a copy in another region'],
    ['145', 'with a key of ours', sse('aws:kms')],
    ['CKV2_AWS_6', 'nothing public', ofBucket('aws_s3_bucket_public_access_block', has('bucket'))],
    ['CKV2_AWS_61', 'what is old goes', ofBucket('aws_s3_bucket_lifecycle_configuration', has('rule'))],
    ['CKV2_AWS_62', 'events'],
  ]),
  ...of('aws_s3_bucket_ownership_controls', [
    ['CKV2_AWS_65', 'no lists', within('rule', 'object_ownership', OWNER)],
  ]),
  ...of('aws_s3_bucket_public_access_block', [
    ['53', 'no new public lists', says('block_public_acls', true)],
    ['54', 'no new public policies', says('block_public_policy', true)],
    ['55', 'public lists do nothing', says('ignore_public_acls', true)],
    ['56', 'public policies do nothing', says('restrict_public_buckets', true)],
  ]),
  ...of('aws_s3_bucket_policy', [['70', 'no right for everyone', namesWhoMay]]),
  ...of('aws_s3_bucket_lifecycle_configuration', [
    [
      '300',
      'uploads that were given up go',
      (body) =>
        nested(body, 'rule').some((rule) => nested(rule, 'abort_incomplete_multipart_upload').length > 0),
    ],
  ]),
  ...of('aws_kms_key', [
    ['7', 'keys rotate', says('enable_key_rotation', true)],
    ['33', 'no key for everyone', namesWhoMay],
    ['227', 'keys are on', (body) => has('policy')(body) && body.is_enabled !== false],
    ['CKV2_AWS_64', 'a policy of its own', has('policy')],
  ]),
  ...of('aws_sns_topic', [['26', 'encrypted messages', has('kms_master_key_id')]]),
  ...of('aws_sns_topic_policy', [['169', 'no right for everyone', namesWhoMay]]),
  ...of('aws_efs_file_system', [
    ['42', 'encrypted files', says('encrypted', true)],
    ['184', 'files with a key of ours', has('kms_key_id')],
    ['CKV2_AWS_18', 'backups'],
  ]),
  ...of('aws_efs_access_point', [
    [
      '329',
      'a folder of its own',
      (body) => nested(body, 'root_directory').some(({ path }) => Boolean(path) && path !== '/'),
    ],
    ['330', 'a user of its own', (body) => nested(body, 'posix_user').some(({ uid }) => Boolean(uid))],
  ]),
  ...of('aws_elasticache_replication_group', [
    ['29', 'encrypted where it is stored', says('at_rest_encryption_enabled', true)],
    ['30', 'encrypted on its way', says('transit_encryption_enabled', true)],
    ['31', 'a password'],
    ['191', 'with a key of ours', has('kms_key_id')],
    [
      'CKV2_AWS_50',
      'a stand-by in another zone',
      ({ automatic_failover_enabled: failover }) => failover === true || isExpression(failover),
    ],
  ]),
  ...of('aws_cloudwatch_log_group', [
    ['158', 'logs with a key of ours', has('kms_key_id')],
    ['338', 'logs for a year'],
  ]),
];
