import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, numbers, section } from '#kit/layout';
import { stat, table, timeseries } from '#kit/panels';
import { OF_INSTANCES, OF_SERVICE, quantile, rate } from '#kit/queries';
import { environment, instance, prometheusSource, service } from '#kit/variables';

const QUERIES = 'db_client_operation_duration_seconds';
/** The exporter runs beside the database: it has no instance of the service. */
const SERVER = OF_SERVICE;
const DATABASES = `${SERVER},datname!~"template.*"`;

/** Per statement, with its text where the exporter is told to give it. */
const statements = (rates: string) => {
  const asWritten = `pg_stat_statements_query_id{${SERVER}}`;
  // A statement is known by the text of its first call, which begins with the id of that request.
  const stripped = `label_replace(${asWritten}, "query", "$1", "query", "(?s)/[*].*?[*]/ (.*)")`;
  // Several exporters may have cut it at several places.
  const text = `topk by (queryid) (1, max by (queryid, query) (${stripped}))`;
  return `topk(10, ${rates} * on (queryid) group_left (query) ${text} or on (queryid) ${rates})`;
};
const perStatement = (counter: string) => `sum by (queryid) (${rate(counter, DATABASES)})`;
const time = perStatement('pg_stat_statements_seconds_total');
const calls = perStatement('pg_stat_statements_calls_total');

const failing = `${OF_INSTANCES},outcome="error"`;
const queries = (matchers: string) => `sum by (operation, table) (${rate(`${QUERIES}_count`, matchers)})`;

export default dashboard({
  uid: 'database',
  title: 'Database',
  description: 'Is the database the reason: unreachable, slow, locked or full?',
  variables: [prometheusSource(), service(), environment(), instance()],
  sections: [
    section(
      'Now',
      numbers(
        stat({
          title: 'Reachable',
          description: 'Whether the instance that sees least of it reaches the database.',
          unit: units.BoolYesNo,
          queries: { database: `min(service_dependency_up{${OF_INSTANCES},dependency="database"})` },
          thresholds: { base: 'red', green: 1 },
          withoutGraph: true,
        }),
        stat({
          title: 'Pending migrations',
          description: 'Migrations that the version that runs needs and the database lacks.',
          unit: units.NoUnit,
          queries: { migrations: `max(db_migrations_pending{${OF_INSTANCES}})` },
          thresholds: { base: 'green', orange: 1 },
        }),
        stat({
          title: 'Failed queries',
          description: 'The part of the queries of the service that the database refuses or cancels.',
          unit: units.PercentUnit,
          queries: {
            failed: `sum(${rate(`${QUERIES}_count`, failing)}) / sum(${rate(`${QUERIES}_count`, OF_INSTANCES)})`,
          },
          thresholds: { base: 'green', orange: 0.01, red: 0.05 },
        }),
        stat({
          title: 'Connections',
          description: 'The part of the connections that the server allows which are in use, by whomever.',
          unit: units.PercentUnit,
          queries: {
            used: `sum(pg_stat_activity_count{${SERVER}}) / sum(pg_settings_max_connections{${SERVER}})`,
          },
          thresholds: { base: 'green', orange: 0.7, red: 0.85 },
        }),
        stat({
          title: 'Oldest transaction',
          description:
            'How long the oldest transaction has been open. It keeps locks, and keeps vacuum from its work.',
          unit: units.Seconds,
          queries: { oldest: `max(pg_stat_activity_max_tx_duration{${DATABASES}})` },
          thresholds: { base: 'green', orange: 60, red: 600 },
        }),
        stat({
          title: 'Size',
          description: 'What the databases take on disk.',
          unit: units.BytesIEC,
          queries: { size: `sum(pg_database_size_bytes{${DATABASES}})` },
        }),
      ),
    ),
    section(
      'As the service sees it',
      graphs(
        timeseries({
          title: 'Queries',
          description: 'Queries of the service, by what they do to which table.',
          unit: units.CountsPerSecond,
          queries: {
            '{{operation}} {{table}}': queries(OF_INSTANCES),
          },
        }),
        timeseries({
          title: 'Failures',
          description:
            'Queries that the database refuses or cancels: locks, time limits, or a schema that does not fit.',
          unit: units.CountsPerSecond,
          queries: {
            '{{operation}} {{table}}': queries(failing),
          },
        }),
        timeseries({
          title: 'Duration, p95',
          description: 'Nineteen of twenty queries take less, the wait for a connection not counted.',
          unit: units.Seconds,
          queries: { '{{operation}} {{table}}': quantile(0.95, QUERIES, OF_INSTANCES, 'operation', 'table') },
          thresholds: { base: 'green', red: 0.5 },
        }),
      ),
      graphs(
        timeseries({
          title: 'Connections of the pool',
          description: 'Connections of each instance, used and idle, and how many it may have.',
          unit: units.NoUnit,
          queries: {
            '{{state}}, {{instance}}': `db_client_connections{${OF_INSTANCES}}`,
            'most, {{instance}}': `db_client_connection_max{${OF_INSTANCES}}`,
          },
        }),
        timeseries({
          title: 'Requests that wait for a connection',
          description: 'Above zero for long, the pool is too small or queries are too slow.',
          unit: units.NoUnit,
          queries: { '{{instance}}': `db_client_connection_pending_requests{${OF_INSTANCES}}` },
          thresholds: { base: 'green', red: 1 },
        }),
      ),
    ),
    section(
      'Statements',
      graphs(
        table({
          title: 'Most time',
          description: 'Statements on which the server spends most time, as a part of all time.',
          unit: units.PercentUnit,
          column: 'time',
          query: statements(time),
        }),
        table({
          title: 'Slowest',
          description: 'What a call of a statement takes on average: where an index may be missing.',
          unit: units.Seconds,
          column: 'average',
          query: statements(`(${time} / (${calls} > 0))`),
        }),
        table({
          title: 'Most often',
          description:
            'Calls of a statement. One that runs for each row that another has read is better joined to it.',
          unit: units.CountsPerSecond,
          column: 'calls',
          query: statements(calls),
        }),
      ),
    ),
    section(
      'Server',
      graphs(
        timeseries({
          title: 'Connections by state',
          description:
            'Connections of all clients. Idle in transaction means that somebody forgot to end one.',
          unit: units.NoUnit,
          queries: { '{{state}}': `sum by (state) (pg_stat_activity_count{${DATABASES}})` },
          stacked: true,
        }),
        timeseries({
          title: 'Transactions',
          description: 'Transactions that were committed and rolled back.',
          unit: units.CountsPerSecond,
          queries: {
            committed: `sum(${rate('pg_stat_database_xact_commit', DATABASES)})`,
            'rolled back': `sum(${rate('pg_stat_database_xact_rollback', DATABASES)})`,
          },
        }),
        timeseries({
          title: 'Deadlocks',
          description: 'Transactions that the server ended because they waited for each other.',
          unit: units.NoUnit,
          queries: {
            deadlocks: `sum(increase(pg_stat_database_deadlocks{${DATABASES}}[$__rate_interval]))`,
          },
          bars: true,
        }),
      ),
      graphs(
        timeseries({
          title: 'Locks',
          description:
            'Locks that are held or asked for, by mode. An exclusive one that stays blocks everybody.',
          unit: units.NoUnit,
          queries: { '{{mode}}': `sum by (mode) (pg_locks_count{${DATABASES}})` },
        }),
        timeseries({
          title: 'Found in memory',
          description: 'The part of the blocks that are read from the memory of the server, not from disk.',
          unit: units.PercentUnit,
          queries: {
            found:
              `sum(${rate('pg_stat_database_blks_hit', DATABASES)})` +
              ` / (sum(${rate('pg_stat_database_blks_hit', DATABASES)}) + sum(${rate('pg_stat_database_blks_read', DATABASES)}))`,
          },
          thresholds: { base: 'red', green: 0.99 },
          max: 1,
        }),
        timeseries({
          title: 'Rows',
          description: 'Rows that were read, and rows that were changed.',
          unit: units.CountsPerSecond,
          queries: {
            fetched: `sum(${rate('pg_stat_database_tup_fetched', DATABASES)})`,
            inserted: `sum(${rate('pg_stat_database_tup_inserted', DATABASES)})`,
            updated: `sum(${rate('pg_stat_database_tup_updated', DATABASES)})`,
            deleted: `sum(${rate('pg_stat_database_tup_deleted', DATABASES)})`,
          },
        }),
      ),
    ),
    section(
      'Storage',
      graphs(
        timeseries({
          title: 'Size by database',
          description: 'What each database takes on disk.',
          unit: units.BytesIEC,
          queries: { '{{datname}}': `sum by (datname) (pg_database_size_bytes{${DATABASES}})` },
          stacked: true,
        }),
        timeseries({
          title: 'Write-ahead log',
          description:
            'What the log of changes takes. It grows when a replica or the archive does not keep up.',
          unit: units.BytesIEC,
          queries: { log: `sum(pg_wal_size_bytes{${SERVER}})` },
        }),
        timeseries({
          title: 'Temporary files',
          description: 'What sorts and joins write to disk because they get too little memory.',
          unit: units.BytesPerSecondIEC,
          queries: { '{{datname}}': `sum by (datname) (${rate('pg_stat_database_temp_bytes', DATABASES)})` },
        }),
        timeseries({
          title: 'Dead rows',
          description:
            'Rows that were changed or deleted and still take room, by table: vacuum does not keep up.',
          unit: units.Short,
          queries: {
            '{{relname}}': `sum by (relname) (pg_stat_user_tables_n_dead_tup{${DATABASES}})`,
          },
        }),
      ),
    ),
  ],
});
