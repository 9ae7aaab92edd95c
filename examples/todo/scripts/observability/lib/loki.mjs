// @ts-check
// What Loki's configuration has to say. Loki itself checks the rest, where its image can be had.
import { LABELS } from './log-fields.mjs';

/** Of version 3. */
const SECTIONS = new Set(
  `analytics auth_enabled ballast_bytes bloom_build bloom_gateway chunk_store_config common compactor compactor_grpc_client
  distributor dataobj frontend frontend_worker index_gateway ingest_limits ingest_limits_frontend ingester ingester_client
  internal_server limits_config memberlist memory_limit metastore_client operational_config pattern_ingester profiling
  querier query_engine query_range query_scheduler ruler runtime_config schema_config server shutdown_delay
  storage_config target tracing ui`.split(/\s+/),
);
/** Of version 2: version 3 does not start with them. */
const REMOVED = [
  'shared_store',
  'boltdb_shipper',
  'enforce_metric_name',
  'max_look_back_period',
  'table_manager',
];

/**
 * @param {any} config
 * @returns {string[]}
 */
export function lokiProblems(config) {
  const schema = config.schema_config?.configs?.at(-1) ?? {};
  const limits = config.limits_config ?? {};
  const expected = /** @type {[string, unknown, unknown][]} */ ([
    ['the schema of today', schema.schema, 'v13'],
    ['the store of today', schema.store, 'tsdb'],
    ['limits_config.allow_structured_metadata', limits.allow_structured_metadata, true],
    ['limits_config.max_label_names_per_series', limits.max_label_names_per_series, LABELS.length],
    ['limits_config.discover_service_name, a label,', String(limits.discover_service_name), ''],
    ['compactor.retention_enabled', config.compactor?.retention_enabled, true],
    ['compactor.delete_request_store', config.compactor?.delete_request_store, schema.object_store],
    ['analytics.reporting_enabled', config.analytics?.reporting_enabled, false],
  ]);
  return [
    ...Object.keys(config)
      .filter((key) => !SECTIONS.has(key))
      .map((key) => `${key} is no section of Loki 3`),
    ...keysIn(config)
      .filter((key) => REMOVED.includes(key))
      .map((key) => `${key} was removed with Loki 3`),
    ...expected
      .filter(([, is, should]) => is !== should)
      .map(([what, is, should]) => `${what} has to be ${should || 'empty'}, and is ${is || 'not there'}`),
    ...(/^[1-9]\d*h$/.test(limits.retention_period)
      ? []
      : [
          'limits_config.retention_period has to be a number of hours, such as 744h: without, nothing is deleted',
        ]),
    ...(hours(limits.max_query_length) > hours(limits.retention_period)
      ? ['limits_config.max_query_length is longer than retention_period']
      : []),
  ];
}

/** @param {unknown} text */
function hours(text) {
  return Number.parseInt(String(text ?? 0), 10);
}

/** @param {unknown} value @returns {string[]} */
function keysIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...keysIn(inner),
  ]);
}
