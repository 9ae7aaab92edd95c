mock_provider "aws" {}

variables {
  name                   = "todo-staging"
  labels                 = { service = "todo", environment = "staging" }
  vpc_id                 = "vpc-1"
  private_subnet_ids     = ["subnet-1", "subnet-2"]
  cluster_name           = "todo-staging"
  cluster_arn            = "arn:aws:ecs:eu-central-1:111122223333:cluster/todo-staging"
  service_name           = "todo-staging"
  task_security_group_id = "sg-tasks"
  management_port        = 9000
  log_group_names        = { service = "/todo-staging/service", migration = "/todo-staging/migration" }
  log_group_arns = {
    service   = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/service"
    migration = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/migration"
  }
  log_retention_days = 30
  repository_arn     = "arn:aws:ecr:eu-central-1:111122223333:repository/todo"
  alarm_topic_arn    = "arn:aws:sns:eu-central-1:111122223333:topic"
  kms_key_arn        = "arn:aws:kms:eu-central-1:111122223333:key/0000"
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    name = "Todo/API"
  }
  expect_failures = [var.name]
}

run "refuses_one_zone" {
  command = plan
  variables {
    private_subnet_ids = ["subnet-1"]
  }
  expect_failures = [var.private_subnet_ids]
}

run "refuses_a_retention_that_cloudwatch_does_not_have" {
  command = plan
  variables {
    log_retention_days = 31
  }
  expect_failures = [var.log_retention_days]
}

run "refuses_more_cpu_than_one_process_uses" {
  command = plan
  variables {
    cpu_units = 8192
  }
  expect_failures = [var.cpu_units]
}

run "refuses_memory_that_fargate_does_not_have" {
  command = plan
  variables {
    memory_mib = 1500
  }
  expect_failures = [var.memory_mib]
}

run "refuses_an_image_that_moves" {
  command = plan
  variables {
    images = { collector = "docker.io/grafana/alloy:latest", loki = "docker.io/grafana/loki:3.7.7" }
  }
  expect_failures = [var.images]
}

run "refuses_an_alias" {
  command = plan
  variables {
    kms_key_arn = "alias/todo-staging"
  }
  expect_failures = [var.kms_key_arn]
}
