mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/todo-staging-role" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:cluster/todo-staging" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/todo-staging-template:1" }
  }
}

variables {
  name                            = "todo-staging"
  vpc_id                          = "vpc-1"
  private_subnet_ids              = ["subnet-1", "subnet-2"]
  load_balancer_security_group_id = "sg-balancer"
  load_balancer_arn_suffix        = "app/todo-staging/1"
  target_group_arn                = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/todo-staging/2"
  target_group_arn_suffix         = "targetgroup/todo-staging/2"
  repository_arn                  = "arn:aws:ecr:eu-central-1:111122223333:repository/todo"
  kms_key_arn                     = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  log_group_names                 = { service = "/todo-staging/service", migration = "/todo-staging/migration" }
  log_group_arns = {
    service   = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/service"
    migration = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/migration"
  }
  rollback_alarm_names         = ["todo-staging-server-errors"]
  container_port               = 3000
  management_port              = 9000
  drain_ms                     = 5000
  shutdown_ms                  = 25000
  keep_alive_ms                = 65000
  idle_timeout_seconds         = 60
  deregistration_delay_seconds = 30
  cpu_units                    = 256
  memory_mib                   = 512
  min_tasks                    = 1
  max_tasks                    = 3
  target_requests_per_task     = 6000
  pool_size                    = 10
  max_connections              = 100
  database = {
    endpoint          = "db.example"
    port              = 5432
    name              = "todo"
    resource_id       = "db-ABC"
    app_user          = "todo_app"
    master_username   = "todo_owner"
    master_secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-abc-123456"
    security_group_id = "sg-database"
  }
}

run "refuses_a_name_too_long_for_roles" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "a-service-with-a-very-long-name-xy-production"
  }
}

run "refuses_one_zone" {
  command         = plan
  expect_failures = [var.private_subnet_ids]

  variables {
    private_subnet_ids = ["subnet-1"]
  }
}

run "refuses_an_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "alias/todo"
  }
}

run "refuses_odd_retention" {
  command         = plan
  expect_failures = [var.insights_retention_days]

  variables {
    insights_retention_days = 10
  }
}

run "refuses_no_alarms" {
  command         = plan
  expect_failures = [var.rollback_alarm_names]

  variables {
    rollback_alarm_names = []
  }
}

run "refuses_metrics_for_the_world" {
  command         = plan
  expect_failures = [var.management_port]

  variables {
    management_port = 3000
  }
}

run "refuses_odd_cpu" {
  command         = plan
  expect_failures = [var.cpu_units]

  variables {
    cpu_units = 300
  }
}

run "refuses_memory_that_does_not_go_with_the_cpu" {
  command         = plan
  expect_failures = [var.memory_mib]

  variables {
    memory_mib = 4096
  }
}

run "refuses_an_unknown_processor" {
  command         = plan
  expect_failures = [var.architecture]

  variables {
    architecture = "arm64"
  }
}

run "refuses_an_image_without_a_tag" {
  command         = plan
  expect_failures = [var.placeholder_image]

  variables {
    placeholder_image = "public.ecr.aws/docker/library/node"
  }
}

run "refuses_an_image_that_moves" {
  command         = plan
  expect_failures = [var.placeholder_image]

  variables {
    placeholder_image = "public.ecr.aws/docker/library/node:latest"
  }
}

run "refuses_no_tasks" {
  command         = plan
  expect_failures = [var.min_tasks]

  variables {
    min_tasks = 0
  }
}

run "refuses_fewer_than_the_fewest" {
  command         = plan
  expect_failures = [var.max_tasks]

  variables {
    min_tasks = 3
    max_tasks = 2
  }
}

run "refuses_no_requests" {
  command         = plan
  expect_failures = [var.target_requests_per_task]

  variables {
    target_requests_per_task = 0
  }
}

run "refuses_full_cpu" {
  command         = plan
  expect_failures = [var.target_cpu_percent]

  variables {
    target_cpu_percent = 100
  }
}

run "refuses_no_grace" {
  command         = plan
  expect_failures = [var.health_check_grace_seconds]

  variables {
    health_check_grace_seconds = 0
  }
}

run "refuses_stopping_for_too_long" {
  command         = plan
  expect_failures = [var.stop_timeout_seconds]

  variables {
    stop_timeout_seconds = 121
  }
}

run "refuses_a_secret_in_the_environment" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = { api_token = "abc" }
  }
}

run "refuses_another_port" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = { PORT = "8080" }
  }
}

run "refuses_a_secret_by_value" {
  command         = plan
  expect_failures = [var.secrets]

  variables {
    secrets = { SENTRY_DSN = "https://key@sentry.example" }
  }
}

run "refuses_a_variable_in_both" {
  command         = plan
  expect_failures = [var.secrets]

  variables {
    environment = { SENTRY_DSN = "a" }
    secrets     = { SENTRY_DSN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-abcdef" }
  }
}

run "refuses_no_pool" {
  command         = plan
  expect_failures = [var.pool_size]

  variables {
    pool_size = 0
  }
}

run "refuses_nothing_reserved" {
  command         = plan
  expect_failures = [var.reserved_connections]

  variables {
    reserved_connections = 0
  }
}

run "refuses_more_connections_than_the_database_has" {
  command         = plan
  expect_failures = [aws_ecs_service.this]

  variables {
    max_tasks = 4
  }
}

run "refuses_draining_for_longer_than_stopping" {
  command         = plan
  expect_failures = [aws_ecs_service.this]

  variables {
    drain_ms = 25000
  }
}

run "refuses_killing_a_task_that_shuts_down" {
  command         = plan
  expect_failures = [aws_ecs_service.this]

  variables {
    stop_timeout_seconds = 30
  }
}

run "refuses_waiting_for_a_task_that_is_gone" {
  command         = plan
  expect_failures = [aws_ecs_service.this]

  variables {
    deregistration_delay_seconds = 46
  }
}

run "refuses_idling_for_longer_than_the_service" {
  command         = plan
  expect_failures = [aws_ecs_service.this]

  variables {
    idle_timeout_seconds = 65
  }
}
