mock_provider "aws" {
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_prometheus_workspace" {
    defaults = {
      arn                 = "arn:aws:aps:eu-central-1:111122223333:workspace/ws-1"
      prometheus_endpoint = "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/"
    }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { id = "todo-staging-loki-111122223333" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/signals" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/role" }
  }
  mock_resource "aws_efs_file_system" {
    defaults = { arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-1", id = "fs-1" }
  }
  mock_resource "aws_efs_access_point" {
    defaults = { arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:access-point/fsap-1", id = "fsap-1" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/todo-staging-signals:1" }
  }
  mock_resource "aws_service_discovery_service" {
    defaults = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:service/srv-1" }
  }
  mock_resource "aws_service_discovery_private_dns_namespace" {
    defaults = { id = "ns-1" }
  }
  mock_resource "aws_grafana_workspace" {
    defaults = { endpoint = "g-1.grafana-workspace.eu-central-1.amazonaws.com" }
  }
}

# Told apart by their ids.
override_resource {
  target          = aws_security_group.task
  values          = { id = "sg-collector" }
  override_during = plan
}
override_resource {
  target          = aws_security_group.files
  values          = { id = "sg-files" }
  override_during = plan
}

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

run "metrics_reach_prometheus" {
  command = plan

  assert {
    condition = alltrue([
      for line in [
        "job_name        = \"api\"",
        "clusters         = [\"arn:aws:ecs:eu-central-1:111122223333:cluster/todo-staging\"]",
        "port             = 9000",
        "regex         = \"todo-staging\"",
        "url = \"https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write\"",
        "sigv4 {\n      region = \"eu-central-1\"",
      ] : strcontains(local.collector_configuration, line)
    ])
    error_message = "The collector scrapes the tasks of the service, and writes to the workspace with its own rights."
  }
  assert {
    condition = (
      aws_vpc_security_group_egress_rule.scrape.security_group_id == output.scraper_security_group_id
      && aws_vpc_security_group_egress_rule.scrape.referenced_security_group_id == "sg-tasks"
      && aws_vpc_security_group_egress_rule.scrape.from_port == 9000
      && aws_vpc_security_group_egress_rule.scrape.to_port == 9000
    )
    error_message = "The collector reaches the management port of the tasks, and no other."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.this["task"].policy).Statement : statement.Resource
      if contains(flatten([statement.Action]), "aps:RemoteWrite")
    ] == ["arn:aws:aps:eu-central-1:111122223333:workspace/ws-1"]
    error_message = "The collector may write to this workspace, and to no other."
  }
}

run "logs_reach_loki" {
  command = plan

  assert {
    condition = alltrue([
      for group in ["/todo-staging/service", "/todo-staging/migration"] :
      strcontains(local.collector_configuration, "group_name = \"${group}\"")
    ])
    error_message = "The logs of service and migrations are read."
  }
  assert {
    condition = flatten([
      for statement in jsondecode(aws_iam_role_policy.this["task"].policy).Statement : statement.Resource
      if contains(flatten([statement.Action]), "logs:FilterLogEvents")
      ]) == flatten([
      for writer in ["migration", "service"] : [
        "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/${writer}",
        "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/${writer}:*",
      ]
    ])
    error_message = "The collector may read these logs, and no others."
  }
  # The labels are few and bounded; what differs with every request is metadata.
  assert {
    condition = (
      strcontains(local.collector_configuration, "values = { service = \"todo\", environment = \"staging\" }")
      && strcontains(local.collector_configuration, "stage.labels {\n    values = { level = \"\" }")
      && strcontains(local.collector_configuration, "stage.structured_metadata {\n    values = { request_id = \"\", trace_id = \"\", user_id = \"\" }")
    )
    error_message = "Labels are service, environment and level: others would make streams without end."
  }
  assert {
    condition     = strcontains(local.collector_configuration, "url = \"http://127.0.0.1:3100/loki/api/v1/push\"")
    error_message = "The collector writes to Loki beside it."
  }
}

run "loki_keeps_lines_as_long_as_is_said" {
  command = plan

  assert {
    condition = (
      jsondecode(local.loki_configuration).limits_config.retention_period == "720h"
      && jsondecode(local.loki_configuration).compactor == { retention_enabled = true, delete_request_store = "s3" }
      && jsondecode(local.loki_configuration).schema_config.configs[0].schema == "v13"
      && jsondecode(local.loki_configuration).schema_config.configs[0].store == "tsdb"
    )
    error_message = "Loki deletes nothing without retention_enabled of its compactor."
  }
  assert {
    condition = (
      jsondecode(local.loki_configuration).common.storage.s3 == { region = "eu-central-1", bucketnames = "todo-staging-loki-111122223333" }
      && one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    )
    error_message = "Lines are kept in a bucket, encrypted with the key of the environment."
  }
}

run "runs_once_and_little_is_allowed" {
  command = plan

  assert {
    condition = (
      aws_ecs_service.this.desired_count == 1
      && aws_ecs_service.this.deployment_minimum_healthy_percent == 0
      && aws_ecs_service.this.deployment_maximum_percent == 100
      && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    )
    error_message = "Two at once would write the same files."
  }
  assert {
    condition = alltrue([
      for container in jsondecode(aws_ecs_task_definition.this.container_definitions) :
      container.readonlyRootFilesystem && container.user == "10001:10001" && container.linuxParameters.capabilities.drop == ["ALL"]
      && container.logConfiguration.options["awslogs-group"] == "/todo-staging/signals"
    ])
    error_message = "The containers have no rights that they don't need, and log."
  }
  assert {
    condition = (
      [for container in jsondecode(aws_ecs_task_definition.this.container_definitions) : container.name if container.essential]
      == ["collector", "loki"]
      && alltrue([
        for container in jsondecode(aws_ecs_task_definition.this.container_definitions) :
        container.dependsOn == [{ condition = "SUCCESS", containerName = "configuration" }] if container.essential
      ])
    )
    error_message = "Both start once their configuration is written, and the task ends with either."
  }
  assert {
    condition = (
      aws_efs_file_system.this.encrypted
      && one(one(aws_ecs_task_definition.this.volume).efs_volume_configuration).transit_encryption == "ENABLED"
      && one(aws_efs_access_point.this.posix_user).uid == 10001
      && aws_vpc_security_group_ingress_rule.files.referenced_security_group_id == "sg-collector"
      && length(aws_efs_mount_target.this) == 2
    )
    error_message = "The files are encrypted, and only this task reaches them."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.not_running.alarm_actions == toset([var.alarm_topic_arn]) && aws_cloudwatch_metric_alarm.not_running.treat_missing_data == "breaching"
    error_message = "Somebody is told when nothing is collected."
  }
}

# As docs/first-deploy.md names them.
run "takes_copies_of_the_images" {
  command = plan
  variables {
    images = {
      collector = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/todo:release-alloy-v1.21.0"
      loki      = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/todo:release-loki-3.7.7"
    }
  }

  assert {
    condition = (
      [for container in jsondecode(aws_ecs_task_definition.this.container_definitions) : container.image if container.essential]
      == [var.images.collector, var.images.loki]
      && contains(flatten([
        for statement in jsondecode(aws_iam_role_policy.this["execution"].policy).Statement : statement.Resource
        if contains(flatten([statement.Action]), "ecr:BatchGetImage")
      ]), var.repository_arn)
    )
    error_message = "Without a NAT gateway, the images come from the repository of the service."
  }
}

run "images_are_taken_by_digest" {
  command = plan
  variables {
    images = {
      collector = "docker.io/grafana/alloy:v1.21.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      loki      = "docker.io/grafana/loki@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    }
  }

  assert {
    condition = (
      [for container in jsondecode(aws_ecs_task_definition.this.container_definitions) : container.image if container.essential]
      == [var.images.collector, var.images.loki]
    )
    error_message = "A digest is what the containers start from."
  }
}

run "tells_when_nothing_gets_through" {
  command = plan

  assert {
    condition = (
      aws_cloudwatch_log_metric_filter.errors.log_group_name == "/todo-staging/signals"
      && aws_cloudwatch_metric_alarm.errors.metric_name == aws_cloudwatch_log_metric_filter.errors.name
      && aws_cloudwatch_metric_alarm.errors.namespace == one(aws_cloudwatch_log_metric_filter.errors.metric_transformation).namespace
      && aws_cloudwatch_metric_alarm.errors.alarm_actions == toset([var.alarm_topic_arn])
    )
    error_message = "A collector that runs and is refused everything must be heard of."
  }
}

run "without_grafana" {
  command = plan

  assert {
    condition     = length(aws_grafana_workspace.this) == 0 && output.grafana_url == null && length(aws_vpc_security_group_ingress_rule.grafana_loki) == 0
    error_message = "Without grafana_enabled there is no Grafana, and no way to Loki."
  }
}

run "grafana_reaches_both" {
  command = plan
  variables {
    grafana_enabled = true
  }

  assert {
    condition = (
      aws_grafana_workspace.this["this"].authentication_providers == tolist(["AWS_SSO"])
      && one(aws_grafana_workspace.this["this"].vpc_configuration).subnet_ids == toset(["subnet-1", "subnet-2"])
      && output.grafana_url == "https://g-1.grafana-workspace.eu-central-1.amazonaws.com"
      && output.prometheus_endpoint == "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/"
      && output.loki_url == "http://loki.todo-staging.internal:3100"
    )
    error_message = "Grafana is within the network, where Loki is."
  }
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.grafana_loki["this"].security_group_id == "sg-collector"
      && aws_vpc_security_group_ingress_rule.grafana_loki["this"].from_port == 3100
      && aws_vpc_security_group_egress_rule.grafana_loki["this"].referenced_security_group_id == "sg-collector"
    )
    error_message = "Grafana, and nobody else, queries Loki."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.grafana["this"].policy).Statement : statement.Resource
      if contains(flatten([statement.Action]), "aps:QueryMetrics")
    ] == ["arn:aws:aps:eu-central-1:111122223333:workspace/ws-1"]
    error_message = "Grafana may query this workspace, and no other."
  }
}
