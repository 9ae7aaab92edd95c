data "aws_caller_identity" "current" {}

locals {
  # Each alarm on one metric. `missing` says what silence means; the default is that nothing happened.
  # `periods` minutes (or period_seconds each) in a row must be bad before anybody is woken.
  metric_alarms = merge(local.balancer_alarms, local.task_alarms, local.database_alarms, local.log_alarms)

  notify = [aws_sns_topic.this.arn]
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.metric_alarms

  alarm_name        = "${var.name}-${each.key}"
  alarm_description = each.value.description

  namespace   = each.value.namespace
  metric_name = each.value.metric
  dimensions  = each.value.dimensions

  statistic          = try(each.value.percentile, null) == null ? each.value.statistic : null
  extended_statistic = try(each.value.percentile, null)
  # A percentile of a handful of requests says nothing: the alarm stays as it is.
  evaluate_low_sample_count_percentiles = try(each.value.percentile, null) == null ? null : "ignore"

  comparison_operator = each.value.operator
  threshold           = each.value.threshold
  period              = try(each.value.period_seconds, 60)
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.periods
  treat_missing_data  = try(each.value.missing, "notBreaching")

  alarm_actions = local.notify
  ok_actions    = local.notify
}

resource "aws_sns_topic" "this" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "this" {
  arn    = aws_sns_topic.this.arn
  policy = jsonencode(local.topic_policy)
}

locals {
  topic_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsOfThisAccountPublish"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
      {
        Sid       = "NothingIsPublishedInClearText"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  }
}

# AWS mails a link that has to be opened once: until then this address hears nothing.
resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}
