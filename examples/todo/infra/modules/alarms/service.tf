locals {
  service_dimensions = { ClusterName = var.cluster_name, ServiceName = var.service_name }

  task_alarms = {
    no-running-tasks = {
      description = "No task runs: the service is down."
      namespace   = "ECS/ContainerInsights"
      metric      = "RunningTaskCount"
      dimensions  = local.service_dimensions
      statistic   = "Maximum"
      operator    = "LessThanThreshold"
      threshold   = 1
      periods     = 3
      # Where no task runs, there may be nobody left who reports the zero.
      missing = "breaching"
    }
    task-cpu = {
      description    = "The tasks have used more than ${var.thresholds.task_cpu_percent} % of their CPU for 15 minutes: autoscaling is at its end."
      namespace      = "AWS/ECS"
      metric         = "CPUUtilization"
      dimensions     = local.service_dimensions
      statistic      = "Average"
      operator       = "GreaterThanThreshold"
      threshold      = var.thresholds.task_cpu_percent
      period_seconds = 300
      periods        = 3
    }
    task-memory = {
      description    = "A task uses more than ${var.thresholds.task_memory_percent} % of its memory: at 100 % it's killed."
      namespace      = "AWS/ECS"
      metric         = "MemoryUtilization"
      dimensions     = local.service_dimensions
      statistic      = "Maximum"
      operator       = "GreaterThanThreshold"
      threshold      = var.thresholds.task_memory_percent
      period_seconds = 300
      periods        = 3
    }
  }

  log_alarms = {
    migration-failed = {
      description = "A migration failed. What was applied before it stays; the release has stopped."
      namespace   = var.log_metrics.namespace
      metric      = var.log_metrics.migration_failed_metric_name
      dimensions  = null
      statistic   = "Sum"
      operator    = "GreaterThanThreshold"
      threshold   = 0
      periods     = 1
    }
    error-logs = {
      description    = "More than ${var.thresholds.error_logs_per_5_minutes} errors in the log within 5 minutes."
      namespace      = var.log_metrics.namespace
      metric         = var.log_metrics.error_metric_name
      dimensions     = null
      statistic      = "Sum"
      operator       = "GreaterThanThreshold"
      threshold      = var.thresholds.error_logs_per_5_minutes
      period_seconds = 300
      periods        = 1
    }
  }
}
