locals {
  database_dimensions = { DBInstanceIdentifier = var.database.identifier }
  mib                 = 1024 * 1024
  gib                 = 1024 * 1024 * 1024

  database_alarms = merge({
    database-cpu = {
      description    = "The database has used more than ${var.thresholds.database_cpu_percent} % of its CPU for 15 minutes."
      namespace      = "AWS/RDS"
      metric         = "CPUUtilization"
      dimensions     = local.database_dimensions
      statistic      = "Average"
      operator       = "GreaterThanThreshold"
      threshold      = var.thresholds.database_cpu_percent
      period_seconds = 300
      periods        = 3
    }
    # RDS grows the storage at 10 % free. Below that, growing has failed or has reached its maximum.
    database-storage = {
      description    = "Less than ${var.thresholds.database_free_storage_percent} % of the database's storage is free and it doesn't grow: at 0 it stops."
      namespace      = "AWS/RDS"
      metric         = "FreeStorageSpace"
      dimensions     = local.database_dimensions
      statistic      = "Minimum"
      operator       = "LessThanThreshold"
      threshold      = floor(var.database.allocated_storage_gib * local.gib * var.thresholds.database_free_storage_percent / 100)
      period_seconds = 300
      periods        = 3
    }
    database-connections = {
      description = "More than ${var.thresholds.database_connections_percent} % of the database's ${var.database.max_connections} connections are taken."
      namespace   = "AWS/RDS"
      metric      = "DatabaseConnections"
      dimensions  = local.database_dimensions
      statistic   = "Maximum"
      operator    = "GreaterThanThreshold"
      threshold   = floor(var.database.max_connections * var.thresholds.database_connections_percent / 100)
      periods     = 5
    }
    database-memory = {
      description    = "The database has less than ${var.thresholds.database_freeable_memory_mib} MiB of memory left."
      namespace      = "AWS/RDS"
      metric         = "FreeableMemory"
      dimensions     = local.database_dimensions
      statistic      = "Minimum"
      operator       = "LessThanThreshold"
      threshold      = var.thresholds.database_freeable_memory_mib * local.mib
      period_seconds = 300
      periods        = 3
    }
    }, local.credit_alarms, local.replica_alarms
  )

  # Classes db.t… live on credits. Without them the CPU costs extra, and before that it's a sign of a class too small.
  credit_alarms = { for key, alarm in {
    database-cpu-credits = {
      description    = "The database runs out of CPU credits: its class is too small for what it does."
      namespace      = "AWS/RDS"
      metric         = "CPUCreditBalance"
      dimensions     = local.database_dimensions
      statistic      = "Minimum"
      operator       = "LessThanThreshold"
      threshold      = var.thresholds.database_cpu_credits
      period_seconds = 300
      periods        = 3
    }
  } : key => alarm if startswith(var.database.instance_class, "db.t") }

  replica_alarms = { for replica in var.database.replica_identifiers : "replica-lag-${replica}" => {
    description = "The replica ${replica} is more than ${var.thresholds.replica_lag_seconds} s behind."
    namespace   = "AWS/RDS"
    metric      = "ReplicaLag"
    dimensions  = { DBInstanceIdentifier = replica }
    statistic   = "Maximum"
    operator    = "GreaterThanThreshold"
    threshold   = var.thresholds.replica_lag_seconds
    periods     = 5
    # A replica whose replication is broken reports nothing.
    missing = "breaching"
  } }
}
