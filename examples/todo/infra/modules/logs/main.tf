locals {
  namespace = "${var.name}/logs"

  # What is counted in which log group. The service writes one JSON object per line, its level as a word.
  metric_filters = {
    ErrorCount = {
      log_group = "service"
      pattern   = "{ ($.level = \"error\") || ($.level = \"fatal\") }"
    }
    MigrationFailed = {
      log_group = "migration"
      pattern   = "{ ($.msg = \"migration_failed\") || ($.msg = \"the migrator failed\") }"
    }
  }
}

# Made here and not by the first task that logs: such groups would have neither a retention nor this key.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338:An environment says for how long logs are worth their price; the policy wants an end.
  for_each = toset(["service", "migration"])

  name              = "/${var.name}/${each.key}"
  retention_in_days = var.retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.metric_filters

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.this[each.value.log_group].name
  pattern        = each.value.pattern

  metric_transformation {
    namespace = local.namespace
    name      = each.key
    value     = "1"
    unit      = "Count"

    # A zero for each other line: an alarm can then tell "nothing wrong" from "nothing logged".
    default_value = "0"
  }
}
