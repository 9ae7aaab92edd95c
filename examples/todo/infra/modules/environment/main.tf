data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# One repository for all environments, made by `bootstrap`: production runs the very image that staging tested.
data "aws_ecr_repository" "this" {
  name = var.service.name
}

locals {
  name = "${var.service.name}-${var.environment}"

  # By its name, for roots don't read each other's states.
  permissions_boundary_arn = join(":", [
    "arn", data.aws_partition.current.partition, "iam", "", data.aws_caller_identity.current.account_id,
    "policy/github/${local.name}-boundary",
  ])

  # The balancer and the tasks have to agree on both: a release is lossless because of it.
  idle_timeout_seconds         = floor(var.service.timeouts.balancerIdleMs / 1000)
  deregistration_delay_seconds = 30

  # ECS kills a task that isn't gone by then. 20 seconds more than the service gives itself, within Fargate's 120.
  stop_timeout_seconds = min(120, ceil(var.service.timeouts.shutdownMs / 1000) + 20)

  log_metrics = {
    namespace                    = module.logs.metric_namespace
    error_metric_name            = module.logs.error_metric_name
    migration_failed_metric_name = module.logs.migration_failed_metric_name
  }
}

module "encryption" {
  source = "../encryption"
  name   = local.name
}

module "logs" {
  source         = "../logs"
  name           = local.name
  kms_key_arn    = module.encryption.key_arn
  retention_days = var.log_retention_days
}

module "network" {
  source     = "../network"
  name       = local.name
  cidr       = var.network.cidr
  zone_count = var.network.zone_count
  nat        = var.network.nat
  # What the collector lists tasks by, and where it writes metrics.
  additional_endpoints     = var.observability.enabled ? ["aps-workspaces", "ec2", "ecs"] : []
  kms_key_arn              = module.encryption.key_arn
  flow_log_retention_days  = var.log_retention_days
  permissions_boundary_arn = local.permissions_boundary_arn
}

module "load_balancer" {
  source                       = "../load-balancer"
  name                         = local.name
  vpc_id                       = module.network.vpc_id
  vpc_cidr                     = module.network.cidr
  subnet_ids                   = module.network.public_subnet_ids
  kms_key_arn                  = module.encryption.key_arn
  container_port               = var.service.ports.http
  health_port                  = var.service.ports.management
  domain_name                  = var.domain_name
  hosted_zone_id               = var.hosted_zone_id
  certificate_arn              = var.certificate_arn
  idle_timeout_seconds         = local.idle_timeout_seconds
  deregistration_delay_seconds = local.deregistration_delay_seconds
  access_log_retention_days    = var.log_retention_days
  deletion_protection          = var.deletion_protection
  waf_enabled                  = var.waf_enabled
}

module "database" {
  source     = "../database"
  name       = local.name
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.database_subnet_ids
  client_security_group_ids = {
    service   = module.service.task_security_group_id
    migration = module.service.migration_security_group_id
  }
  kms_key_arn                         = module.encryption.key_arn
  database_name                       = var.service.database.name
  postgres_version                    = tostring(var.service.database.postgres)
  instance_class                      = var.database.instance_class
  allocated_storage_gib               = var.database.allocated_storage_gib
  max_allocated_storage_gib           = var.database.max_allocated_storage_gib
  max_connections                     = var.database.max_connections
  multi_az                            = var.database.multi_az
  backup_retention_days               = var.database.backup_retention_days
  performance_insights_retention_days = var.database.performance_insights_retention_days
  restore_from                        = var.database.restore_from
  log_retention_days                  = var.log_retention_days
  deletion_protection                 = var.deletion_protection
  permissions_boundary_arn            = local.permissions_boundary_arn
}

module "service" {
  source                          = "../service"
  name                            = local.name
  vpc_id                          = module.network.vpc_id
  private_subnet_ids              = module.network.private_subnet_ids
  load_balancer_security_group_id = module.load_balancer.security_group_id
  load_balancer_arn_suffix        = module.load_balancer.arn_suffix
  target_group_arn                = module.load_balancer.target_group_arn
  target_group_arn_suffix         = module.load_balancer.target_group_arn_suffix
  repository_arn                  = data.aws_ecr_repository.this.arn
  kms_key_arn                     = module.encryption.key_arn
  permissions_boundary_arn        = local.permissions_boundary_arn
  log_group_names                 = module.logs.log_group_names
  log_group_arns                  = module.logs.log_group_arns
  rollback_alarm_names            = module.alarms.rollback_alarm_names

  container_port               = var.service.ports.http
  management_port              = var.service.ports.management
  drain_ms                     = var.service.timeouts.drainMs
  shutdown_ms                  = var.service.timeouts.shutdownMs
  keep_alive_ms                = var.service.timeouts.keepAliveMs
  idle_timeout_seconds         = local.idle_timeout_seconds
  deregistration_delay_seconds = local.deregistration_delay_seconds
  stop_timeout_seconds         = local.stop_timeout_seconds

  cpu_units                = var.tasks.cpu_units
  memory_mib               = var.tasks.memory_mib
  min_tasks                = var.tasks.min
  max_tasks                = var.tasks.max
  target_requests_per_task = var.tasks.target_requests_per_minute
  architecture             = var.tasks.architecture
  placeholder_image        = var.tasks.placeholder_image
  exec_enabled             = var.tasks.exec_enabled
  environment = merge(var.environment_variables, {
    ENVIRONMENT     = var.environment
    ALLOW_ANONYMOUS = tostring(var.allow_anonymous)
  })
  secrets = var.secrets

  metrics_security_group_ids = { for part in module.observability : "collector" => part.scraper_security_group_id }

  pool_size       = var.service.database.poolSize
  max_connections = var.database.max_connections
  database = {
    endpoint          = module.database.endpoint
    port              = module.database.port
    name              = module.database.database_name
    resource_id       = module.database.resource_id
    app_user          = module.database.app_user
    master_username   = module.database.master_username
    master_secret_arn = module.database.master_secret_arn
    security_group_id = module.database.security_group_id
  }
}

module "alarms" {
  source                   = "../alarms"
  name                     = local.name
  kms_key_arn              = module.encryption.key_arn
  alarm_email              = var.alarm_email
  load_balancer_arn_suffix = module.load_balancer.arn_suffix
  target_group_arn_suffix  = module.load_balancer.target_group_arn_suffix
  cluster_name             = local.name
  service_name             = local.name
  database = {
    identifier            = local.name
    instance_class        = var.database.instance_class
    allocated_storage_gib = var.database.allocated_storage_gib
    max_connections       = var.database.max_connections
  }
  log_metrics = local.log_metrics
  # Only what is said: the module has the rest.
  thresholds = { for name, value in var.alarm_thresholds : name => value if value != null }
}

module "dashboard" {
  source                   = "../dashboard"
  name                     = local.name
  region                   = var.region
  alarm_arns               = module.alarms.alarm_arns
  load_balancer_arn_suffix = module.load_balancer.arn_suffix
  target_group_arn_suffix  = module.load_balancer.target_group_arn_suffix
  cluster_name             = module.service.cluster_name
  service_name             = module.service.service_name
  database_identifier      = module.database.identifier
  database_max_connections = var.database.max_connections
  log_group_names          = module.logs.log_group_names
  log_metrics              = local.log_metrics
}

module "observability" {
  source = "../observability"
  count  = var.observability.enabled ? 1 : 0

  name                     = local.name
  labels                   = { service = var.service.name, environment = var.environment }
  vpc_id                   = module.network.vpc_id
  private_subnet_ids       = module.network.private_subnet_ids
  cluster_name             = module.service.cluster_name
  cluster_arn              = module.service.cluster_arn
  service_name             = module.service.service_name
  task_security_group_id   = module.service.task_security_group_id
  management_port          = var.service.ports.management
  log_group_names          = module.logs.log_group_names
  log_group_arns           = module.logs.log_group_arns
  log_retention_days       = var.log_retention_days
  repository_arn           = data.aws_ecr_repository.this.arn
  grafana_enabled          = var.observability.grafana_enabled
  cpu_units                = var.observability.cpu_units
  memory_mib               = var.observability.memory_mib
  images                   = var.observability.images
  alarm_topic_arn          = module.alarms.topic_arn
  kms_key_arn              = module.encryption.key_arn
  permissions_boundary_arn = local.permissions_boundary_arn
}

module "budget" {
  source              = "../budget"
  name                = local.name
  monthly_limit_usd   = var.monthly_limit_usd
  email               = var.alarm_email
  cost_allocation_tag = var.share_account ? { key = "environment", value = var.environment } : null
}

# What a release has to know. It may read this, and not the state, which knows everything.
resource "aws_ssm_parameter" "deployment" {
  name        = "/${var.service.name}/${var.environment}/deployment"
  description = "What a release of ${local.name} has to know; written by Terraform"
  type        = "String"
  value       = jsonencode(local.deployment)
}

locals {
  deployment = {
    cluster                 = module.service.cluster_name
    service                 = module.service.service_name
    container               = module.service.container_name
    templateFamily          = module.service.template_family
    migrationTemplateFamily = module.service.migration_template_family
    migrationNetwork        = module.service.migration_network
    repositoryUrl           = data.aws_ecr_repository.this.repository_url
    url                     = module.load_balancer.url
    logGroups               = module.logs.log_group_names
    rollbackAlarms          = module.alarms.rollback_alarm_names
    database                = module.database.identifier
  }
}
