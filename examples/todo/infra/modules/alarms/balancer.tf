locals {
  balancer_dimensions = { LoadBalancer = var.load_balancer_arn_suffix }
  target_dimensions   = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }

  balancer_alarms = {
    latency = {
      description = "One request in a hundred takes longer than ${var.thresholds.latency_p99_ms} ms. A release that causes it is rolled back."
      namespace   = "AWS/ApplicationELB"
      metric      = "TargetResponseTime"
      dimensions  = local.target_dimensions
      percentile  = "p99"
      operator    = "GreaterThanThreshold"
      # CloudWatch counts in seconds.
      threshold = var.thresholds.latency_p99_ms / 1000
      periods   = 5
    }
    unhealthy-hosts = {
      description = "A task fails the balancer's health checks. A release that causes it is rolled back."
      namespace   = "AWS/ApplicationELB"
      metric      = "UnHealthyHostCount"
      dimensions  = local.target_dimensions
      statistic   = "Maximum"
      operator    = "GreaterThanThreshold"
      threshold   = 0
      # A task that has just started may miss a check or two: that's no reason to roll back.
      periods = 3
    }
  }
}

# What went wrong of what was asked, in percent: one error at night is one mail less, hundreds a day are one more.
resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name        = "${var.name}-server-errors"
  alarm_description = "More than ${var.thresholds.server_error_percent} % of the requests end with 5xx. A release that causes it is rolled back."

  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.server_error_percent
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"

  metric_query {
    id    = "percent"
    label = "Requests that end with 5xx, in percent"
    # Errors of the balancer itself (no healthy target, no answer) are not among its requests, so they're added.
    # With fewer requests than a minute's worth to judge by, it's quiet.
    expression  = "IF(total >= ${var.thresholds.minimum_requests_per_minute}, 100 * errors / total, 0)"
    return_data = true
  }

  metric_query {
    id         = "errors"
    expression = "FILL(target, 0) + FILL(balancer, 0)"
  }

  metric_query {
    id         = "total"
    expression = "FILL(requests, 0) + FILL(balancer, 0)"
  }

  dynamic "metric_query" {
    for_each = {
      target   = { metric = "HTTPCode_Target_5XX_Count", dimensions = local.target_dimensions }
      balancer = { metric = "HTTPCode_ELB_5XX_Count", dimensions = local.balancer_dimensions }
      requests = { metric = "RequestCount", dimensions = local.target_dimensions }
    }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = "Sum"
        period      = 60
      }
    }
  }

  alarm_actions = local.notify
  ok_actions    = local.notify
}
