import type { Alert } from 'create-prod-forge/feature';

const page = (name: string, when: string, runbook: string): Alert => ({
  name,
  severity: 'page',
  when,
  runbook,
});
const ticket = (name: string, when: string, runbook: string): Alert => ({
  name,
  severity: 'ticket',
  when,
  runbook,
});

/** The alerts whose rules are in `files/observability/prometheus/rules` and `files/observability/loki/rules`. */
export const alerts: readonly Alert[] = [
  // slo.yaml
  page(
    'AvailabilityBudgetBurnsFast',
    'failures spend the budget of the month within days',
    'availability-budget-burns',
  ),
  ticket(
    'AvailabilityBudgetBurns',
    'failures spend the budget of the month before it is over',
    'availability-budget-burns',
  ),
  page(
    'LatencyBudgetBurnsFast',
    'slow answers spend the budget of the month within days',
    'latency-budget-burns',
  ),
  ticket(
    'LatencyBudgetBurns',
    'slow answers spend the budget of the month before it is over',
    'latency-budget-burns',
  ),
  // service.yaml
  page('ServiceDown', 'no instance answers Prometheus for 2 minutes', 'service-down'),
  ticket('InstanceDown', 'an instance does not answer Prometheus for 5 minutes', 'service-down'),
  page('ServiceNotReady', 'no instance is ready for 2 minutes', 'service-not-ready'),
  ticket(
    'InstanceNotReady',
    'an instance is not ready for 10 minutes, while others are',
    'service-not-ready',
  ),
  page('DatabaseUnreachable', 'no instance reaches the database for a minute', 'database-unreachable'),
  ticket(
    'InstanceRestarts',
    'more processes within 30 minutes than instances and a release explain',
    'service-down',
  ),
  ticket('NoTraffic', 'requests stop, of which there were many an hour ago', 'no-traffic'),
  ticket(
    'ConnectionPoolSaturated',
    'requests wait for connections for 5 minutes',
    'connection-pool-saturated',
  ),
  ticket(
    'EventLoopBlocked',
    '1 % of the callbacks wait 100 ms or longer for 10 minutes',
    'event-loop-blocked',
  ),
  ticket(
    'CpuSaturated',
    'an instance that has a whole processor uses 90 % of it for 15 minutes',
    'cpu-saturated',
  ),
  ticket('MemorySaturated', 'an instance uses 90 % of its memory for 10 minutes', 'memory-saturated'),
  ticket('MigrationsPending', 'instances wait for migrations for 10 minutes', 'migrations-pending'),
  ticket('QueriesSlow', '5 % of the queries of a kind take more than 0.5 s for 15 minutes', 'queries-slow'),
  ticket('QueriesFail', 'more than 5 % of the queries fail for 10 minutes', 'queries-fail'),
  // database.yaml
  ticket('PostgresDown', 'the exporter can not connect to the database for a minute', 'database-unreachable'),
  ticket('DatabaseMetricsMissing', 'the exporter can not read all statistics for 10 minutes', 'target-down'),
  ticket(
    'DatabaseConnectionsNearMax',
    '80 % of the connections of the server are taken for 10 minutes',
    'database-connections',
  ),
  ticket('LongTransaction', 'a transaction is open for more than 10 minutes', 'long-transactions'),
  ticket('DatabaseDeadlocks', 'transactions deadlock', 'deadlocks'),
  ticket('StatementsSlow', 'a statement takes more than a second on average for 15 minutes', 'queries-slow'),
  ticket(
    'TransactionIdsRunOut',
    'half of the transaction ids of a database are used for an hour',
    'transaction-ids-run-out',
  ),
  ticket('ReplicationLag', 'a replica is more than 30 seconds behind for 5 minutes', 'replication-lag'),
  ticket('ReplicationSlotInactive', 'nobody reads from a replication slot for 10 minutes', 'replication-lag'),
  ticket('ArchivingFails', 'the write-ahead log is not archived for 15 minutes', 'archiving-fails'),
  // infrastructure.yaml
  ticket('DiskFills', 'a disk is going to be full within a day', 'disk-fills'),
  ticket('DiskAlmostFull', 'less than 10 % of a disk is free for 15 minutes', 'disk-fills'),
  ticket(
    'HostMemoryLow',
    'less than 10 % of the memory of a machine is available for 15 minutes',
    'host-saturated',
  ),
  ticket('HostCpuBusy', 'the processors of a machine are 90 % busy for half an hour', 'host-saturated'),
  ticket('ProcessKilledForMemory', 'the kernel kills a process for its memory', 'memory-saturated'),
  ticket(
    'ContainerMemoryNearLimit',
    'a container uses 90 % of its memory for 10 minutes',
    'memory-saturated',
  ),
  ticket('ContainerThrottled', 'a container is held back by its CPU limit half of the time', 'cpu-saturated'),
  // logs.yaml
  ticket('MigrationFailed', 'the migrator has logged that a migration failed', 'migration-failed'),
  ticket('ErrorsLogged', 'errors are logged that are no failed requests', 'errors-logged'),
  // meta.yaml
  ticket('TargetDown', 'an exporter does not answer for 10 minutes', 'target-down'),
  ticket('RulesFail', 'Prometheus can not evaluate a rule', 'rules-fail'),
  ticket('LogRulesFail', 'Loki can not evaluate a rule', 'rules-fail'),
  ticket('ConfigurationRefused', 'Prometheus refuses its configuration for 5 minutes', 'rules-fail'),
  ticket('LogsLost', 'Alloy drops lines of logs for 5 minutes', 'logs-lost'),
  page(
    'NotificationsFail',
    'more than 3 notifications fail within 15 minutes, for 5 minutes',
    'notifications-fail',
  ),
];
