data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region

  part_name = "${var.name}-signals"
  loki_port = 3100
}

# Keeps metrics for 150 days, and has no instance to look after.
resource "aws_prometheus_workspace" "this" {
  alias       = var.name
  kms_key_arn = var.kms_key_arn
}

# Made here and not by the first task that logs: it would have neither a retention nor this key.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338:An environment says for how long logs are worth their price; the policy wants an end.
  name              = "/${var.name}/signals"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# One task holds the collector and Loki: they are of no use without each other.
resource "aws_ecs_service" "this" {
  name            = local.part_name
  cluster         = var.cluster_name
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = 1

  launch_type             = "FARGATE"
  platform_version        = "LATEST"
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"

  # Never two at once: they would write the same files, and count everything twice. What is logged meanwhile waits in
  # CloudWatch; metrics have a gap of a minute.
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.task.id]
    assign_public_ip = false
  }

  service_registries {
    registry_arn = aws_service_discovery_service.loki.arn
  }

  depends_on = [aws_iam_role_policy.this, aws_efs_mount_target.this, aws_vpc_security_group_egress_rule.https]
}

# Nothing else would say that nothing is collected: the alerts are made of what is.
resource "aws_cloudwatch_metric_alarm" "not_running" {
  alarm_name          = "${local.part_name}-not-running"
  alarm_description   = "Neither metrics nor logs reach Prometheus and Loki. Logs are still in CloudWatch; see the last lines of /${var.name}/signals there."
  namespace           = "ECS/ContainerInsights"
  metric_name         = "RunningTaskCount"
  dimensions          = { ClusterName = var.cluster_name, ServiceName = local.part_name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 10
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}

# It runs, and still nothing gets through: rights that are missing, Prometheus that refuses, a discovery that fails. Alloy
# writes logfmt, Loki JSON.
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "CollectorErrors"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "?\"level=error\" ?\"\\\"level\\\":\\\"error\\\"\""

  metric_transformation {
    namespace     = "${var.name}/logs"
    name          = "CollectorErrors"
    value         = "1"
    unit          = "Count"
    default_value = "0"
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${local.part_name}-errors"
  alarm_description   = "Collector or Loki report errors for a quarter of an hour: metrics or logs may be missing. Read /${var.name}/signals in CloudWatch, whose own logs are complete."
  namespace           = "${var.name}/logs"
  metric_name         = aws_cloudwatch_log_metric_filter.errors.name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
