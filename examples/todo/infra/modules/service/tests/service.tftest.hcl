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

run "a_bad_release_is_rolled_back" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "Tasks that don't start must roll a release back."
  }
  assert {
    condition = (
      aws_ecs_service.this.alarms[0].enable && aws_ecs_service.this.alarms[0].rollback
      && aws_ecs_service.this.alarms[0].alarm_names == toset(["todo-staging-server-errors"])
    )
    error_message = "Alarms must roll a release back."
  }
  assert {
    condition = (
      aws_ecs_service.this.deployment_minimum_healthy_percent == 100
      && aws_ecs_service.this.deployment_maximum_percent == 200
      && aws_ecs_service.this.health_check_grace_period_seconds == 60
    )
    error_message = "A release must not take capacity away, and must get time to start."
  }
}

run "the_first_apply_ends_with_a_healthy_service" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.wait_for_steady_state
    error_message = "An apply must not end before its tasks are healthy."
  }
}

run "tasks_are_private" {
  command = plan

  assert {
    condition = (
      !aws_ecs_service.this.network_configuration[0].assign_public_ip
      && aws_ecs_service.this.network_configuration[0].subnets == toset(["subnet-1", "subnet-2"])
      && aws_ecs_service.this.platform_version == "LATEST"
      && aws_ecs_service.this.availability_zone_rebalancing == "ENABLED"
      && !aws_ecs_service.this.enable_execute_command
    )
    error_message = "Tasks must run in private subnets, on the latest platform, in all zones, without shells."
  }
  assert {
    condition = { for k, rule in aws_vpc_security_group_ingress_rule.balancer : rule.from_port => rule.referenced_security_group_id } == {
      3000 = "sg-balancer", 9000 = "sg-balancer"
    }
    error_message = "Only the balancer may call the tasks."
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.metrics) == 0
    error_message = "Nobody scrapes metrics unless asked for."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_egress_rule.database : rule.referenced_security_group_id == "sg-database" && rule.to_port == 5432])
    error_message = "Tasks must reach the database."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_egress_rule.https : rule.from_port == 443 && rule.to_port == 443])
    error_message = "The only range that tasks may call is for HTTPS."
  }
}

run "metrics_are_scraped_by_those_named" {
  command = plan

  variables {
    metrics_security_group_ids = { prometheus = "sg-prometheus" }
  }

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.metrics["prometheus"].referenced_security_group_id == "sg-prometheus"
      && aws_vpc_security_group_ingress_rule.metrics["prometheus"].from_port == 9000
      && aws_vpc_security_group_ingress_rule.metrics["prometheus"].to_port == 9000
    )
    error_message = "Who scrapes gets at the management port alone."
  }
}

run "scales_within_bounds" {
  command = plan

  assert {
    condition     = aws_appautoscaling_target.tasks.min_capacity == 1 && aws_appautoscaling_target.tasks.max_capacity == 3 && aws_ecs_service.this.desired_count == 1
    error_message = "Autoscaling must stay within its bounds and start at the lower one."
  }
  assert {
    condition = (
      aws_appautoscaling_policy.this["requests"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label
      == "app/todo-staging/1/targetgroup/todo-staging/2"
    )
    error_message = "Requests must be counted at this target group."
  }
  assert {
    condition     = output.connections_needed == 76
    error_message = "3 tasks, twice during a release, with 11 connections each, and 10 reserved."
  }
}

run "watches_the_cluster" {
  command = plan

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "enhanced"
    error_message = "Container Insights must be on."
  }
  assert {
    condition     = aws_cloudwatch_log_group.insights.retention_in_days == 14 && aws_cloudwatch_log_group.insights.kms_key_id == var.kms_key_arn
    error_message = "The cluster's measurements must have retention and key."
  }
}

run "outputs_for_releases" {
  command = apply

  assert {
    condition = (
      output.cluster_name == "todo-staging" && output.service_name == "todo-staging"
      && output.template_family == "todo-staging-template" && output.migration_template_family == "todo-staging-migration-template"
      && output.container_name == "app"
    )
    error_message = "Releases and alarms rely on these names."
  }
  assert {
    condition     = output.migration_network == { subnets = tolist(["subnet-1", "subnet-2"]), securityGroups = [output.migration_security_group_id], assignPublicIp = "DISABLED" }
    error_message = "Migrations must run in private subnets with their own group."
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].security_groups == toset([output.task_security_group_id])
    error_message = "The service must run with its own group."
  }
}
