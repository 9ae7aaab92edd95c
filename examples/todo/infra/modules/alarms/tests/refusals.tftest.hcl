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

run "refuses_a_bad_name" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "todo_staging"
  }
}

run "refuses_an_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "alias/todo"
  }
}

run "refuses_nobody" {
  command         = plan
  expect_failures = [var.alarm_email]

  variables {
    alarm_email = ""
  }
}

run "refuses_an_arn_of_a_balancer" {
  command         = plan
  expect_failures = [var.load_balancer_arn_suffix]

  variables {
    load_balancer_arn_suffix = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/todo/1"
  }
}

run "refuses_an_arn_of_a_target_group" {
  command         = plan
  expect_failures = [var.target_group_arn_suffix]

  variables {
    target_group_arn_suffix = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/todo/1"
  }
}

run "refuses_more_than_all" {
  command         = plan
  expect_failures = [var.thresholds]

  variables {
    thresholds = { server_error_percent = 150 }
  }
}

run "refuses_a_negative_threshold" {
  command         = plan
  expect_failures = [var.thresholds]

  variables {
    thresholds = { latency_p99_ms = -1 }
  }
}
