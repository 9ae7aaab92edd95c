locals {
  # That the cache is gone is told by the service (`redis_up`): it goes on without it.
  alarms = {
    cpu = {
      metric      = "EngineCPUUtilization"
      threshold   = 80
      description = "The engine has one processor, and hardly any of it left: take a larger node."
    }
    swap = {
      metric      = "SwapUsage"
      threshold   = 50 * 1024 * 1024
      description = "The node is out of memory, and answers late: take a larger one."
    }
  }

  node_alarms = merge([
    for index, node in local.node_ids : { for kind, alarm in local.alarms : "${kind}-${index + 1}" => merge(alarm, { node = node }) }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.node_alarms

  alarm_name        = "${var.name}-cache-${each.key}"
  alarm_description = each.value.description

  namespace   = "AWS/ElastiCache"
  metric_name = each.value.metric
  dimensions  = { CacheClusterId = each.value.node }
  statistic   = "Average"

  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  treat_missing_data  = "notBreaching"

  alarm_actions = [var.alarm_topic_arn]
  ok_actions    = [var.alarm_topic_arn]
}
