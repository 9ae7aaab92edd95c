locals {
  balancer = ["LoadBalancer", var.load_balancer_arn_suffix]
  target   = ["TargetGroup", var.target_group_arn_suffix, "LoadBalancer", var.load_balancer_arn_suffix]
  service  = ["ClusterName", var.cluster_name, "ServiceName", var.service_name]
  database = ["DBInstanceIdentifier", var.database_identifier]

  # From what users feel down to what is below it, three in a row. `limit` draws a line.
  graphs = [
    {
      title = "Requests per minute"
      label = "requests"
      stat  = "Sum"
      metrics = [
        concat(["AWS/ApplicationELB", "RequestCount"], local.target, [{ label = "all" }]),
        concat(["AWS/ApplicationELB", "HTTPCode_Target_2XX_Count"], local.target, [{ label = "2xx" }]),
        concat(["AWS/ApplicationELB", "HTTPCode_Target_4XX_Count"], local.target, [{ label = "4xx" }]),
      ]
    },
    {
      title = "Errors per minute"
      label = "errors"
      stat  = "Sum"
      metrics = [
        concat(["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], local.target, [{ label = "5xx of the tasks" }]),
        concat(["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"], local.balancer, [{ label = "5xx of the balancer" }]),
        [var.log_metrics.namespace, var.log_metrics.error_metric_name, { label = "errors in the log" }],
      ]
    },
    {
      title = "Latency"
      label = "seconds"
      stat  = "p99"
      metrics = [
        for stat in ["p50", "p95", "p99"] :
        concat(["AWS/ApplicationELB", "TargetResponseTime"], local.target, [{ label = stat, stat = stat }])
      ]
    },
    {
      title = "Tasks"
      label = "tasks"
      stat  = "Maximum"
      metrics = [
        concat(["ECS/ContainerInsights", "RunningTaskCount"], local.service, [{ label = "running" }]),
        concat(["ECS/ContainerInsights", "DesiredTaskCount"], local.service, [{ label = "wanted" }]),
        concat(["AWS/ApplicationELB", "HealthyHostCount"], local.target, [{ label = "healthy" }]),
        concat(["AWS/ApplicationELB", "UnHealthyHostCount"], local.target, [{ label = "unhealthy" }]),
      ]
    },
    {
      title = "CPU of the tasks"
      label = "percent"
      stat  = "Average"
      metrics = [
        concat(["AWS/ECS", "CPUUtilization"], local.service, [{ label = "average" }]),
        concat(["AWS/ECS", "CPUUtilization"], local.service, [{ label = "busiest", stat = "Maximum" }]),
      ]
    },
    {
      title = "Memory of the tasks"
      label = "percent"
      stat  = "Average"
      metrics = [
        concat(["AWS/ECS", "MemoryUtilization"], local.service, [{ label = "average" }]),
        concat(["AWS/ECS", "MemoryUtilization"], local.service, [{ label = "fullest", stat = "Maximum" }]),
      ]
    },
    {
      title   = "Connections of the database"
      label   = "connections"
      stat    = "Maximum"
      limit   = var.database_max_connections
      metrics = [concat(["AWS/RDS", "DatabaseConnections"], local.database, [{ label = "taken" }])]
    },
    {
      title   = "CPU of the database"
      label   = "percent"
      stat    = "Average"
      metrics = [concat(["AWS/RDS", "CPUUtilization"], local.database, [{ label = "average" }])]
    },
    {
      title   = "Free storage of the database"
      label   = "bytes"
      stat    = "Minimum"
      metrics = [concat(["AWS/RDS", "FreeStorageSpace"], local.database, [{ label = "free" }])]
    },
    {
      title = "Latency of the database's storage"
      label = "seconds"
      stat  = "Average"
      metrics = [
        concat(["AWS/RDS", "ReadLatency"], local.database, [{ label = "reads" }]),
        concat(["AWS/RDS", "WriteLatency"], local.database, [{ label = "writes" }]),
      ]
    },
    {
      title   = "Free memory of the database"
      label   = "bytes"
      stat    = "Minimum"
      metrics = [concat(["AWS/RDS", "FreeableMemory"], local.database, [{ label = "free" }])]
    },
    {
      title   = "Failed migrations"
      label   = "migrations"
      stat    = "Sum"
      metrics = [[var.log_metrics.namespace, var.log_metrics.migration_failed_metric_name, { label = "failed" }]]
    },
  ]

  # A dashboard has 24 columns. The alarms are on top, 2 units high.
  graph_widgets = [
    for index, graph in local.graphs : {
      type   = "metric"
      x      = index % 3 * 8
      y      = 2 + floor(index / 3) * 6
      width  = 8
      height = 6
      properties = {
        title       = graph.title
        region      = var.region
        view        = "timeSeries"
        period      = 60
        stat        = graph.stat
        metrics     = graph.metrics
        yAxis       = { left = { label = graph.label, min = 0, showUnits = false } }
        annotations = { horizontal = [for limit in [try(graph.limit, null)] : { label = "maximum", value = limit } if limit != null] }
      }
    }
  ]

  below_graphs = 2 + ceil(length(local.graphs) / 3) * 6

  logs = [
    {
      title = "Errors, with the request they belong to"
      group = var.log_group_names.service
      query = "fields @timestamp, request_id, operation, route, status, err.message, msg | filter level in ['error', 'fatal'] | sort @timestamp desc | limit 50"
    },
    {
      title = "Migrations"
      group = var.log_group_names.migration
      query = "fields @timestamp, level, msg, migration, duration_ms, err.message | sort @timestamp desc | limit 50"
    },
  ]

  widgets = concat(
    [{
      type       = "alarm"
      x          = 0
      y          = 0
      width      = 24
      height     = 2
      properties = { title = "Alarms", alarms = var.alarm_arns }
    }],
    local.graph_widgets,
    [
      for index, log in local.logs : {
        type   = "log"
        x      = 0
        y      = local.below_graphs + index * 6
        width  = 24
        height = 6
        properties = {
          title  = log.title
          region = var.region
          view   = "table"
          query  = "SOURCE '${log.group}' | ${log.query}"
        }
      }
    ],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({ start = "-PT3H", widgets = local.widgets })
}
