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

run "the_container_is_confined" {
  command = apply

  assert {
    condition = alltrue([
      for definition in [aws_ecs_task_definition.service, aws_ecs_task_definition.migration] : alltrue([
        for c in jsondecode(definition.container_definitions) :
        c.user == "1000:1000" && c.readonlyRootFilesystem && c.linuxParameters.initProcessEnabled
        && c.linuxParameters.capabilities.drop == ["ALL"] && !can(c.privileged)
      ])
    ])
    error_message = "Containers must run without root, without capabilities and without a file system to write to."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.service.container_definitions)[0].stopTimeout == 45
    error_message = "The task must get its time to stop."
  }
  assert {
    condition = (
      jsondecode(aws_ecs_task_definition.service.container_definitions)[0].logConfiguration.options == {
        awslogs-group         = "/todo-staging/service"
        awslogs-region        = "eu-central-1"
        awslogs-stream-prefix = "service"
        max-buffer-size       = "25m"
        mode                  = "non-blocking"
      }
      && jsondecode(aws_ecs_task_definition.migration.container_definitions)[0].logConfiguration.options.awslogs-group == "/todo-staging/migration"
    )
    error_message = "Each must log to its own group and never wait for it."
  }
  assert {
    condition = alltrue([
      for definition in [aws_ecs_task_definition.service, aws_ecs_task_definition.migration] :
      definition.network_mode == "awsvpc" && definition.runtime_platform[0].cpu_architecture == "ARM64" && definition.skip_destroy
    ])
    error_message = "Both must run on ARM64 in the VPC, and old revisions must stay."
  }
}

run "the_placeholder_answers_and_releases_know_what_to_replace" {
  command = plan

  assert {
    condition = (
      startswith(jsondecode(aws_ecs_task_definition.service.container_definitions)[0].image, "public.ecr.aws/docker/library/node:")
      && slice(jsondecode(aws_ecs_task_definition.service.container_definitions)[0].command, 0, 2) == ["node", "-e"]
    )
    error_message = "The template must start without a release."
  }
  assert {
    condition     = toset([for p in jsondecode(aws_ecs_task_definition.service.container_definitions)[0].portMappings : p.containerPort]) == toset([3000, 9000])
    error_message = "Both ports must be mapped."
  }
  assert {
    condition = (
      slice(jsondecode(aws_ecs_task_definition.service.container_definitions)[0].healthCheck.command, 0, 3) == ["CMD", "node", "-e"]
      && strcontains(jsondecode(aws_ecs_task_definition.service.container_definitions)[0].healthCheck.command[3], "127.0.0.1:9000/health/live")
    )
    error_message = "ECS must ask the management port, without a shell."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.migration.container_definitions)[0].command == ["node", "dist/database/migrate.js"]
    error_message = "The migration must have its command."
  }
}

run "the_environment_says_where_things_are" {
  command = plan

  variables {
    environment = { ENVIRONMENT = "staging" }
    secrets     = { SENTRY_DSN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:todo-staging/sentry-abcdef:dsn::" }
  }

  assert {
    condition = { for e in jsondecode(aws_ecs_task_definition.service.container_definitions)[0].environment : e.name => e.value } == {
      NODE_ENV                = "production"
      ENVIRONMENT             = "staging"
      PORT                    = "3000"
      MANAGEMENT_PORT         = "9000"
      TRUSTED_PROXIES         = "1"
      DRAIN_MS                = "5000"
      SHUTDOWN_MS             = "25000"
      DATABASE_HOST           = "db.example"
      DATABASE_PORT           = "5432"
      DATABASE_NAME           = "todo"
      DATABASE_USER           = "todo_app"
      DATABASE_POOL_SIZE      = "10"
      DATABASE_TLS            = "verify"
      DATABASE_TLS_CA         = "rds"
      DATABASE_AUTHENTICATION = "iam"
      AWS_REGION              = "eu-central-1"
    }
    error_message = "The service must know its ports, timeouts and database."
  }
  assert {
    condition = { for e in jsondecode(aws_ecs_task_definition.migration.container_definitions)[0].environment : e.name => e.value } == {
      NODE_ENV               = "production"
      ENVIRONMENT            = "staging"
      DATABASE_HOST          = "db.example"
      DATABASE_PORT          = "5432"
      DATABASE_NAME          = "todo"
      DATABASE_USER          = "todo_owner"
      DATABASE_APP_USER      = "todo_app"
      DATABASE_APP_MEMBER_OF = "rds_iam"
      DATABASE_TLS           = "verify"
      DATABASE_TLS_CA        = "rds"
      AWS_REGION             = "eu-central-1"
    }
    error_message = "The migration must log in as the owner."
  }
  assert {
    condition = (
      jsondecode(aws_ecs_task_definition.service.container_definitions)[0].secrets
      == [{ name = "SENTRY_DSN", valueFrom = var.secrets.SENTRY_DSN }]
      && jsondecode(aws_ecs_task_definition.migration.container_definitions)[0].secrets
      == [{ name = "DATABASE_PASSWORD", valueFrom = "${var.database.master_secret_arn}:password::" }]
    )
    error_message = "Secrets must come by reference, and only the migration gets the owner's password."
  }
}

run "images_are_taken_by_digest" {
  command = plan

  variables {
    placeholder_image = "public.ecr.aws/docker/library/node:24-slim@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.service.container_definitions)[0].image == var.placeholder_image
    error_message = "A digest is what the container starts from."
  }
}

run "shells_need_a_file_system" {
  command = plan

  variables {
    exec_enabled = true
  }

  assert {
    condition     = aws_ecs_service.this.enable_execute_command && !jsondecode(aws_ecs_task_definition.service.container_definitions)[0].readonlyRootFilesystem
    error_message = "ECS Exec can't work on a read-only file system."
  }
  assert {
    condition = [for s in jsondecode(aws_iam_role_policy.task.policy).Statement : s.Sid] == [
      "LogInToTheDatabase", "OpenShells", "EncryptShells",
    ]
    error_message = "ECS Exec needs its rights."
  }
}
