mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:111122223333:todo-staging-alarms" }
  }
}

variables {
  name                     = "todo-staging"
  kms_key_arn              = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  alarm_email              = "team@example.com"
  load_balancer_arn_suffix = "app/todo-staging/1"
  target_group_arn_suffix  = "targetgroup/todo-staging/2"
  cluster_name             = "todo-staging"
  service_name             = "todo-staging"
  database = {
    identifier            = "todo-staging"
    instance_class        = "db.t4g.micro"
    allocated_storage_gib = 20
    max_connections       = 100
  }
  log_metrics = {
    namespace                    = "todo-staging/logs"
    error_metric_name            = "ErrorCount"
    migration_failed_metric_name = "MigrationFailed"
  }
}

run "has_all_alarms" {
  command = plan

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset([
      "latency", "unhealthy-hosts", "no-running-tasks", "task-cpu", "task-memory", "database-cpu", "database-storage",
      "database-connections", "database-memory", "database-cpu-credits", "migration-failed", "error-logs",
    ])
    error_message = "An alarm is missing, or there's one that the README doesn't know."
  }
  assert {
    condition = toset(output.rollback_alarm_names) == toset([
      "todo-staging-server-errors", "todo-staging-latency", "todo-staging-unhealthy-hosts",
    ])
    error_message = "What users feel must roll a release back, and nothing else."
  }
  assert {
    condition     = alltrue([for a in aws_cloudwatch_metric_alarm.this : length(a.alarm_description) > 20])
    error_message = "Each alarm must say what it means."
  }
}

run "silence_has_a_meaning" {
  command = plan

  assert {
    condition = [
      for key, a in aws_cloudwatch_metric_alarm.this : key if a.treat_missing_data != "notBreaching"
    ] == ["no-running-tasks"]
    error_message = "Only where nobody reports that nothing runs is silence bad."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.server_errors.treat_missing_data == "notBreaching"
    error_message = "No requests are no errors."
  }
}

run "knows_the_units" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["latency"].threshold == 1 && aws_cloudwatch_metric_alarm.this["latency"].extended_statistic == "p99"
    error_message = "CloudWatch has the latency in seconds."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["database-storage"].threshold == 1717986918
    error_message = "CloudWatch has the free storage in bytes."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["database-memory"].threshold == 104857600
    error_message = "CloudWatch has the memory in bytes."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["database-connections"].threshold == 80
    error_message = "The alarm must sound at 80 % of the connections."
  }
}

run "watches_the_right_things" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["unhealthy-hosts"].dimensions == tomap({ LoadBalancer = "app/todo-staging/1", TargetGroup = "targetgroup/todo-staging/2" })
    error_message = "Hosts are counted in the target group."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["no-running-tasks"].dimensions == tomap({ ClusterName = "todo-staging", ServiceName = "todo-staging" })
    error_message = "Tasks are counted in the service."
  }
  assert {
    condition = toset([
      for q in aws_cloudwatch_metric_alarm.server_errors.metric_query : one(q.metric).metric_name if length(q.metric) > 0
    ]) == toset(["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "RequestCount"])
    error_message = "Errors of the tasks and of the balancer must count."
  }
  assert {
    condition = one([
      for q in aws_cloudwatch_metric_alarm.server_errors.metric_query : q.expression if q.return_data == true
    ]) == "IF(total >= 10, 100 * errors / total, 0)"
    error_message = "A handful of requests must not wake anybody."
  }
}

run "a_class_without_credits_and_a_replica" {
  command = plan

  variables {
    database = {
      identifier            = "todo-staging"
      instance_class        = "db.m7g.large"
      allocated_storage_gib = 50
      max_connections       = 400
      replica_identifiers   = ["todo-staging-replica"]
    }
  }

  assert {
    condition     = !contains(keys(aws_cloudwatch_metric_alarm.this), "database-cpu-credits")
    error_message = "This class has no credits."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["replica-lag-todo-staging-replica"].treat_missing_data == "breaching"
    error_message = "A silent replica is a broken one."
  }
}

run "each_alarm_tells_somebody" {
  command = apply

  assert {
    condition = alltrue([
      for a in concat(values(aws_cloudwatch_metric_alarm.this), [aws_cloudwatch_metric_alarm.server_errors]) :
      a.alarm_actions == toset([output.topic_arn]) && a.ok_actions == toset([output.topic_arn])
    ])
    error_message = "Each alarm must tell when it begins and when it ends."
  }
  assert {
    condition     = aws_sns_topic_subscription.email.endpoint == "team@example.com" && aws_sns_topic_subscription.email.topic_arn == output.topic_arn
    error_message = "Somebody must read it."
  }
  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.kms_key_arn
    error_message = "The topic must be encrypted with the key of the environment."
  }
  assert {
    condition = (
      jsondecode(aws_sns_topic_policy.this.policy).Statement[0].Principal.Service == "cloudwatch.amazonaws.com"
      && jsondecode(aws_sns_topic_policy.this.policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
      && jsondecode(aws_sns_topic_policy.this.policy).Statement[1].Effect == "Deny"
    )
    error_message = "Only alarms of this account may publish, and only over TLS."
  }
  assert {
    condition     = length(output.alarm_arns) == 13
    error_message = "The dashboard must get all alarms."
  }
}
