locals {
  container_name = "app"

  # What the infrastructure knows better than the code: releases take it over with the rest of the template. The
  # numbers are those that the preconditions of the service have checked.
  common_environment = {
    NODE_ENV      = "production"
    DATABASE_HOST = var.database.endpoint
    DATABASE_PORT = tostring(var.database.port)
    DATABASE_NAME = var.database.name
    DATABASE_TLS  = "verify"
    # The certificates of RDS in this region, which are in the image.
    DATABASE_TLS_CA = "rds"
    AWS_REGION      = data.aws_region.current.region
  }
  # What `environment` may say otherwise: with another proxy in front of the balancer there are two.
  default_environment = {
    TRUSTED_PROXIES = "1"
  }
  service_environment = {
    PORT            = tostring(var.container_port)
    MANAGEMENT_PORT = tostring(var.management_port)
    DRAIN_MS        = tostring(var.drain_ms)
    SHUTDOWN_MS     = tostring(var.shutdown_ms)
    DATABASE_USER   = var.database.app_user
    # With tokens that the role of the task signs.
    DATABASE_AUTHENTICATION = "iam"
    DATABASE_POOL_SIZE      = tostring(var.pool_size)
  }
  migration_environment = {
    DATABASE_USER = var.database.master_username
    # To whom the migrations give rights to rows, and whose members log in with tokens.
    DATABASE_APP_USER      = var.database.app_user
    DATABASE_APP_MEMBER_OF = "rds_iam"
  }
  owned_environment = keys(merge(local.common_environment, local.service_environment, local.migration_environment))

  # Stands in until the first release: answers 200 to everything, so that the first apply ends with a healthy service.
  # On SIGTERM it serves on for as long as a release would, since the balancer may still send requests.
  placeholder = <<-JS
    const { createServer } = require('node:http');
    const { PORT, MANAGEMENT_PORT, DRAIN_MS } = process.env;
    const servers = [PORT, MANAGEMENT_PORT].map((port) =>
      createServer({ keepAliveTimeout: ${var.keep_alive_ms} }, (request, response) => {
        response.end('Nothing has been released yet.\n');
      }).listen(port, '0.0.0.0'),
    );
    process.once('SIGTERM', () => {
      setTimeout(() => servers.forEach((server) => server.close()), Number(DRAIN_MS));
    });
  JS

  # Like the HEALTHCHECK of the image. ECS doesn't look at that one, and the image has no curl.
  health_check = <<-JS
    fetch('http://127.0.0.1:${var.management_port}/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))
  JS

  # What both containers share.
  container = {
    name      = local.container_name
    image     = var.placeholder_image
    essential = true
    # The user `node` of the image, by number: ECS doesn't have to look it up.
    user = "1000:1000"
    # The agent of ECS Exec writes to the file system of the container.
    readonlyRootFilesystem = !var.exec_enabled
    linuxParameters = {
      # Reaps children and passes signals on: node as process 1 does neither by itself.
      initProcessEnabled = true
      capabilities       = { drop = ["ALL"] }
    }
  }

  # A full buffer drops lines instead of halting the service. 1 MB, the default, is full at once.
  log_configuration = {
    for writer, group in var.log_group_names : writer => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = group
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = writer
        mode                  = "non-blocking"
        max-buffer-size       = "25m"
      }
    }
  }

  service_container = merge(local.container, {
    command     = ["node", "-e", local.placeholder]
    stopTimeout = var.stop_timeout_seconds
    portMappings = [
      for name, port in { http = var.container_port, management = var.management_port } :
      { name = name, containerPort = port, hostPort = port, protocol = "tcp" }
    ]
    healthCheck = {
      command     = ["CMD", "node", "-e", trimspace(local.health_check)]
      interval    = 10
      timeout     = 3
      retries     = 3
      startPeriod = var.health_check_grace_seconds
    }
    environment = [
      for name, value in merge(local.default_environment, var.environment, local.common_environment, local.service_environment) :
      { name = name, value = value }
    ]
    secrets          = [for name, arn in var.secrets : { name = name, valueFrom = arn }]
    logConfiguration = local.log_configuration["service"]
  })

  migration_container = merge(local.container, {
    command = ["node", "dist/database/migrate.js"]
    # The most that Fargate allows: a migration that is stopped may finish its statement.
    stopTimeout = 120
    environment = [
      for name, value in merge(var.environment, local.common_environment, local.migration_environment) :
      { name = name, value = value }
    ]
    secrets          = [{ name = "DATABASE_PASSWORD", valueFrom = "${var.database.master_secret_arn}:password::" }]
    logConfiguration = local.log_configuration["migration"]
  })
}

data "aws_region" "current" {}

# Terraform owns the shape, in a family of its own. A release registers the newest revision of it as a revision of the
# family `<name>`: with its image, and without `command`, for the image knows its own.
resource "aws_ecs_task_definition" "service" {
  family                   = "${var.name}-template"
  container_definitions    = jsonencode([local.service_container])
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu_units
  memory                   = var.memory_mib
  task_role_arn            = aws_iam_role.this["task"].arn
  execution_role_arn       = aws_iam_role.this["execution"].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  # ECS goes back to the placeholder where the first release fails: it has to stay active.
  skip_destroy = true
}

# The same for `<name>-migration`; here a release keeps the command.
resource "aws_ecs_task_definition" "migration" {
  family                   = "${var.name}-migration-template"
  container_definitions    = jsonencode([local.migration_container])
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu_units
  memory                   = var.memory_mib
  task_role_arn            = aws_iam_role.this["migration-task"].arn
  execution_role_arn       = aws_iam_role.this["migration-execution"].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  skip_destroy = true
}
