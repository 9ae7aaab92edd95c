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

run "the_service_may_log_in_as_one_user" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.task.policy).Statement == [{
      Sid      = "LogInToTheDatabase"
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-ABC/todo_app"
    }]
    error_message = "The service may log in to its database as its user, and nothing else."
  }
  assert {
    condition     = toset(keys(aws_iam_role_policy.execution)) == toset(["execution", "migration-execution"])
    error_message = "The role of a migration's code must stay empty."
  }
}

run "starting_gets_what_it_needs" {
  command = plan

  variables {
    secrets = { SENTRY_DSN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:todo-staging/sentry-abcdef:dsn::" }
  }

  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.execution["execution"].policy).Statement : s.Sid => s.Resource } == {
      LogInToTheRegistry = "*"
      PullTheImage       = "arn:aws:ecr:eu-central-1:111122223333:repository/todo"
      WriteLogs          = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/service:*"
      ReadSecrets        = ["arn:aws:secretsmanager:eu-central-1:111122223333:secret:todo-staging/sentry-abcdef"]
      DecryptSecrets     = "arn:aws:kms:eu-central-1:111122223333:key/0000"
    }
    error_message = "The service is started with its image, log and secrets alone."
  }
  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.execution["migration-execution"].policy).Statement : s.Sid => s.Resource } == {
      LogInToTheRegistry = "*"
      PullTheImage       = "arn:aws:ecr:eu-central-1:111122223333:repository/todo"
      WriteLogs          = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/migration:*"
      ReadSecrets        = ["arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-abc-123456"]
      DecryptSecrets     = "arn:aws:kms:eu-central-1:111122223333:key/0000"
    }
    error_message = "A migration is started with its image, log and the owner's secret alone."
  }
}

run "no_secrets_no_rights" {
  command = plan

  assert {
    condition = [for s in jsondecode(aws_iam_role_policy.execution["execution"].policy).Statement : s.Sid] == [
      "LogInToTheRegistry", "PullTheImage", "WriteLogs",
    ]
    error_message = "Without secrets there must be no right to read some."
  }
}

run "roles_are_for_tasks_of_this_account" {
  command = apply

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/github/todo-staging-boundary"
  }

  assert {
    condition = alltrue([
      for role in aws_iam_role.this :
      jsondecode(role.assume_role_policy).Statement[0].Principal.Service == "ecs-tasks.amazonaws.com"
      && jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
      && jsondecode(role.assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == "arn:aws:ecs:eu-central-1:111122223333:*"
    ])
    error_message = "Only tasks of this account may take the roles."
  }
  assert {
    condition = toset([for role in aws_iam_role.this : role.name]) == toset([
      "todo-staging-task", "todo-staging-execution", "todo-staging-migration-task", "todo-staging-migration-execution",
    ])
    error_message = "Releases may pass on the roles of these names only."
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.this : role.permissions_boundary == var.permissions_boundary_arn])
    error_message = "Each role must have the boundary."
  }
}
