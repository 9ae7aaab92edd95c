// @ts-check
import { is, isExpression, nested } from './blocks.mjs';

/** @typedef {import('./blocks.mjs').Block} Block */

/** What is kept: databases, buckets, keys, images, logs, messages. */

const isProduction = (/** @type {Block} */ { folder }) => folder.endsWith('/production');

/** Whether a text such as a policy or a setting of the configuration has these words. */
const says = (/** @type {readonly Block[]} */ all, /** @type {RegExp} */ words) =>
  all.some(({ body }) => words.test(JSON.stringify(body)));

/** @type {readonly import('./rules.mjs').Rule[]} */
export const dataRules = [
  {
    about: 'A12: the database is encrypted, private, backed up, and has no password in the state',
    type: 'aws_db_instance',
    problems: ({ source, body }, all) => [
      !is(body.storage_encrypted, true) && 'storage_encrypted must be true',
      !body.kms_key_id && 'needs kms_key_id',
      !is(body.publicly_accessible, false) && 'publicly_accessible must be false',
      !is(body.manage_master_user_password, true) &&
        'manage_master_user_password must be true: RDS makes and rotates it',
      (body.password || body.password_wo) && 'must have no password: RDS makes and rotates it',
      !is(body.iam_database_authentication_enabled, true) &&
        'iam_database_authentication_enabled must be true',
      !is(body.skip_final_snapshot, false) && 'skip_final_snapshot must be false',
      !is(body.copy_tags_to_snapshot, true) && 'copy_tags_to_snapshot must be true',
      !is(body.allow_major_version_upgrade ?? false, false) &&
        'a major version is upgraded on purpose, not by an apply',
      !body.enabled_cloudwatch_logs_exports?.length && 'needs enabled_cloudwatch_logs_exports',
      !is(body.performance_insights_enabled, true) && 'performance_insights_enabled must be true',
      !isExpression(body.backup_retention_period) &&
        !(body.backup_retention_period >= 7) &&
        'backup_retention_period must be 7 days or more',
      source === 'configuration' &&
        nested(body, 'lifecycle')[0]?.prevent_destroy !== true &&
        'needs prevent_destroy: a change of its name or engine would replace it, and lose the data',
      source === 'configuration' &&
        !says(all, /"rds.force_ssl":\{[^}]*"value":"1"/) &&
        'its parameters must set rds.force_ssl to 1',
    ],
  },
  {
    about: 'A12: connections to the database are encrypted',
    type: 'aws_db_parameter_group',
    problems: ({ source, body }) => [
      source === 'state' &&
        !nested(body, 'parameter').some(({ name, value }) => name === 'rds.force_ssl' && value === '1') &&
        'rds.force_ssl must be 1',
    ],
  },
  {
    about: 'A12: the database of production survives the loss of a zone, and a wrong click',
    type: 'aws_db_instance',
    problems: (block) =>
      isProduction(block)
        ? [
            !is(block.body.multi_az, true) && 'multi_az must be true in production',
            !is(block.body.deletion_protection, true) && 'deletion_protection must be true in production',
          ]
        : [],
  },
  {
    about: 'A12: production is asked to be robust',
    problems: ({ kind, folder, body }) =>
      kind === 'module' && folder.endsWith('/production')
        ? [
            !is(body.database?.multi_az, true) && 'database.multi_az must be true in production',
            !is(body.deletion_protection, true) && 'deletion_protection must be true in production',
            body.database?.backup_retention_days < 7 &&
              'database.backup_retention_days must be 7 or more in production',
            body.tasks?.min < 2 && 'tasks.min must be 2 or more in production: one is gone with its zone',
            body.network?.nat === 'one' &&
              'network.nat must not be "one" in production: it is gone with its zone',
            body.allow_anonymous === undefined && 'allow_anonymous must be decided',
          ]
        : [],
  },
  {
    about: 'A3: buckets are private, encrypted and speak TLS',
    type: 'aws_s3_bucket',
    problems: ({ source, name }, all) => {
      if (source === 'state') return [];
      const companions = all.filter(({ body }) =>
        JSON.stringify(body.bucket ?? '').includes(`aws_s3_bucket.${name}.`),
      );
      const has = (/** @type {string} */ type) => companions.some((other) => other.type === type);
      return [
        !has('aws_s3_bucket_public_access_block') && 'needs aws_s3_bucket_public_access_block',
        !has('aws_s3_bucket_server_side_encryption_configuration') && 'needs server side encryption',
        !has('aws_s3_bucket_policy') && 'needs a policy that refuses what comes without TLS',
        !says(all, /aws:SecureTransport/) &&
          'its policy must refuse what comes without TLS (aws:SecureTransport)',
      ];
    },
  },
  {
    about: 'A3: nothing public',
    type: 'aws_s3_bucket_public_access_block',
    problems: ({ body }) =>
      ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map(
        (name) => !is(body[name], true) && `${name} must be true`,
      ),
  },
  {
    about: 'A3: the state can be brought back, and is never destroyed',
    type: 'aws_s3_bucket',
    problems: ({ source, folder, body }, all) =>
      source === 'configuration' && folder.endsWith('/bootstrap')
        ? [
            nested(body, 'lifecycle')[0]?.prevent_destroy !== true && 'needs prevent_destroy',
            !all.some(
              (other) =>
                other.type === 'aws_s3_bucket_versioning' &&
                nested(other.body, 'versioning_configuration')[0]?.status === 'Enabled',
            ) && 'needs versions (aws_s3_bucket_versioning)',
          ]
        : [],
  },
  {
    about: 'keys rotate, and can be saved from a deletion',
    type: 'aws_kms_key',
    problems: ({ body }) => [
      !is(body.enable_key_rotation, true) && 'enable_key_rotation must be true',
      !is(body.deletion_window_in_days, 30) && 'deletion_window_in_days must be 30',
    ],
  },
  {
    about: 'A16: images are what was tested, and scanned',
    type: 'aws_ecr_repository',
    problems: ({ body }, all) => [
      !is(body.image_tag_mutability, 'IMMUTABLE') && 'image_tag_mutability must be IMMUTABLE',
      !nested(body, 'image_scanning_configuration').some(({ scan_on_push }) => is(scan_on_push, true)) &&
        'scan_on_push must be true',
      body.force_delete === true && 'force_delete would delete images that run',
      !nested(body, 'encryption_configuration').some(({ encryption_type }) => is(encryption_type, 'KMS')) &&
        'needs encryption with KMS',
      !all.some(({ type }) => type === 'aws_ecr_lifecycle_policy') && 'needs a life-cycle rule',
    ],
  },
  {
    about: 'caches are encrypted, with a key of the environment',
    type: 'aws_elasticache_replication_group',
    problems: ({ body }) => [
      // The provider keeps this one as a text.
      !is(String(body.at_rest_encryption_enabled), 'true') && 'at_rest_encryption_enabled must be true',
      !is(body.transit_encryption_enabled, true) && 'transit_encryption_enabled must be true',
      !body.kms_key_id && 'needs kms_key_id',
      body.auth_token && 'auth_token would be in the state in clear text: set it with the AWS CLI',
    ],
  },
  {
    about: 'A17: logs end, and are encrypted',
    type: 'aws_cloudwatch_log_group',
    problems: ({ body }) => [
      !body.retention_in_days && 'needs retention_in_days: logs are kept, and paid, for ever otherwise',
      !body.kms_key_id && 'needs kms_key_id',
    ],
  },
  {
    about: 'messages are encrypted',
    type: 'aws_sns_topic',
    problems: ({ body }) => [!body.kms_master_key_id && 'needs kms_master_key_id'],
  },
  {
    about: 'alarms are heard',
    type: 'aws_cloudwatch_metric_alarm',
    problems: ({ body }) => [!body.alarm_actions?.length && 'needs alarm_actions: nobody would hear of it'],
  },
];
