mock_provider "aws" {}

variables {
  name           = "todo-staging"
  kms_key_arn    = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  retention_days = 30
}

run "each_group_is_kept_and_encrypted" {
  command = plan

  assert {
    condition = alltrue([
      for group in aws_cloudwatch_log_group.this : group.retention_in_days == 30 && group.kms_key_id == var.kms_key_arn
    ])
    error_message = "Each log group must have the retention and the key."
  }
  assert {
    condition     = output.log_group_names == { service = "/todo-staging/service", migration = "/todo-staging/migration" }
    error_message = "The log groups must be named after what writes to them."
  }
}

run "counts_errors_and_failed_migrations" {
  command = apply

  assert {
    condition = (
      aws_cloudwatch_log_metric_filter.this["ErrorCount"].log_group_name == "/todo-staging/service"
      && strcontains(aws_cloudwatch_log_metric_filter.this["ErrorCount"].pattern, "$.level = \"error\"")
      && strcontains(aws_cloudwatch_log_metric_filter.this["ErrorCount"].pattern, "$.level = \"fatal\"")
    )
    error_message = "Lines of level error and fatal of the service must be counted."
  }
  assert {
    condition = (
      aws_cloudwatch_log_metric_filter.this["MigrationFailed"].log_group_name == "/todo-staging/migration"
      && aws_cloudwatch_log_metric_filter.this["MigrationFailed"].pattern == "{ ($.msg = \"migration_failed\") || ($.msg = \"the migrator failed\") }"
    )
    error_message = "Failed migrations must be counted."
  }
  assert {
    condition = (
      output.metric_namespace == "todo-staging/logs"
      && output.error_metric_name == "ErrorCount"
      && output.migration_failed_metric_name == "MigrationFailed"
      && toset(keys(output.log_group_arns)) == toset(["service", "migration"])
    )
    error_message = "Alarms find the metrics by these outputs."
  }
  assert {
    condition = alltrue([
      for filter in aws_cloudwatch_log_metric_filter.this :
      filter.metric_transformation[0].namespace == "todo-staging/logs" && filter.metric_transformation[0].default_value == "0"
    ])
    error_message = "Each metric must be in the namespace of the environment, and zero where nothing matches."
  }
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    name = "todo staging"
  }
  expect_failures = [var.name]
}

run "refuses_an_alias" {
  command = plan
  variables {
    kms_key_arn = "alias/todo-staging"
  }
  expect_failures = [var.kms_key_arn]
}

run "refuses_a_retention_that_cloudwatch_lacks" {
  command = plan
  variables {
    retention_days = 45
  }
  expect_failures = [var.retention_days]
}

run "refuses_to_keep_logs_for_ever" {
  command = plan
  variables {
    retention_days = 0
  }
  expect_failures = [var.retention_days]
}
