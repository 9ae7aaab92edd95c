locals {
  # Of the tasks of one release, while the next one starts. Terraform and the budget below use the same numbers.
  minimum_healthy_percent = 100
  maximum_percent         = 200

  # Besides its pool, each instance keeps one connection for its health checks.
  connections_per_task = var.pool_size + 1
  connections_needed   = var.max_tasks * local.maximum_percent / 100 * local.connections_per_task + var.reserved_connections
  connections_allowed  = floor(0.8 * var.max_connections)
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  # Counts tasks and measures each of them: the alarm on "nothing runs" reads it.
  setting {
    name  = "containerInsights"
    value = "enhanced"
  }

  configuration {
    execute_command_configuration {
      kms_key_id = var.kms_key_arn
      logging    = "DEFAULT"
    }
  }

  depends_on = [aws_cloudwatch_log_group.insights]
}

# ECS would make it itself, without retention and key.
resource "aws_cloudwatch_log_group" "insights" {
  # checkov:skip=CKV_AWS_338:An environment says for how long logs are worth their price; the policy wants an end.
  name              = "/aws/ecs/containerinsights/${var.name}/performance"
  retention_in_days = var.insights_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_service" "this" {
  name    = var.name
  cluster = aws_ecs_cluster.this.arn

  # The placeholder, for the very first start. From then on releases decide: see lifecycle.
  task_definition = aws_ecs_task_definition.service.arn
  desired_count   = var.min_tasks

  # The first apply ends once the tasks are healthy, or says that they aren't. Later ones start no tasks.
  wait_for_steady_state = true

  launch_type                   = "FARGATE"
  platform_version              = "LATEST"
  availability_zone_rebalancing = "ENABLED"
  enable_execute_command        = var.exec_enabled
  enable_ecs_managed_tags       = true
  propagate_tags                = "SERVICE"

  # Full capacity while a release replaces the one before it.
  deployment_minimum_healthy_percent = local.minimum_healthy_percent
  deployment_maximum_percent         = local.maximum_percent
  health_check_grace_period_seconds  = var.health_check_grace_seconds

  # Tasks that don't start roll a release back…
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # …and so do tasks that start and then serve badly.
  alarms {
    enable      = true
    rollback    = true
    alarm_names = var.rollback_alarm_names
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.service.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = var.target_group_arn
    container_name   = local.container_name
    container_port   = var.container_port
  }

  lifecycle {
    # Releases own the one, autoscaling the other. Without this line each apply would bring back the placeholder.
    ignore_changes = [task_definition, desired_count]

    precondition {
      condition     = local.connections_needed <= local.connections_allowed
      error_message = "While a release runs, ${var.max_tasks} tasks become ${var.max_tasks * local.maximum_percent / 100}, with ${local.connections_per_task} connections each and ${var.reserved_connections} reserved: ${local.connections_needed}. That's more than 80 % of max_connections (${local.connections_allowed}). Lower max_tasks or pool_size, or take a larger database with more max_connections."
    }

    precondition {
      condition     = var.shutdown_ms > var.drain_ms
      error_message = "shutdown_ms (${var.shutdown_ms}) must be longer than drain_ms (${var.drain_ms}), which is a part of it. Change the timeouts in service.json."
    }

    precondition {
      condition     = var.stop_timeout_seconds * 1000 > var.shutdown_ms + 5000
      error_message = "ECS would kill a task that still shuts down: stop_timeout_seconds (${var.stop_timeout_seconds}) must be more than shutdown_ms (${var.shutdown_ms}) and 5 s. Raise it, or lower timeouts.shutdownMs in service.json."
    }

    precondition {
      condition     = var.deregistration_delay_seconds <= var.stop_timeout_seconds
      error_message = "The balancer would wait for a task that is gone: deregistration_delay_seconds (${var.deregistration_delay_seconds}) must not be more than stop_timeout_seconds (${var.stop_timeout_seconds})."
    }

    precondition {
      condition     = var.idle_timeout_seconds * 1000 < var.keep_alive_ms
      error_message = "The balancer would send requests on connections that the service is closing, and answer 502: idle_timeout_seconds (${var.idle_timeout_seconds}) must be less than keep_alive_ms (${var.keep_alive_ms})."
    }
  }

  # The first tasks need their rights to start.
  depends_on = [aws_iam_role_policy.execution, aws_vpc_security_group_egress_rule.https]
}
