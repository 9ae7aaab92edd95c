provider "aws" {
  region = var.region

  # The roles of the pipelines tell environments apart by the tag `environment`.
  default_tags {
    tags = {
      service     = local.service.name
      environment = "production"
    }
  }
}

locals {
  service = jsondecode(file("${path.module}/../../../service.json"))
}

# Production: survives the loss of an availability zone, of a task and of the database's instance. Prices are in
# docs/infrastructure.md.
module "environment" {
  source = "../../modules/environment"

  service         = local.service
  environment     = "production"
  region          = var.region
  alarm_email     = var.alarm_email
  domain_name     = var.domain_name
  hosted_zone_id  = var.hosted_zone_id
  certificate_arn = var.certificate_arn

  network = {
    # Can't be changed without building the network anew. Staging has another one, so that both could be joined.
    cidr       = "10.30.0.0/16"
    zone_count = 3
    # A gateway for each zone: 35 USD a month each. "one" saves two of them, and a zone's failure can stop all.
    nat = "per_zone"
  }

  database = {
    # Two CPUs that don't depend on credits, and 8 GiB of memory. db.t4g.medium costs a third, for light loads.
    instance_class            = "db.m7g.large"
    allocated_storage_gib     = 50
    max_allocated_storage_gib = 500
    # About 100 for each GiB of memory would be allowed; each costs 10 MB. Bounds `tasks.max`.
    max_connections = 400
    # A standby in another zone takes over within two minutes. It doubles the price.
    multi_az              = true
    backup_retention_days = 14
  }

  tasks = {
    cpu_units  = 512
    memory_mib = 1024
    # Two survive the loss of a zone.
    min = 2
    max = 10
    # What one task of this size serves with room to spare; measure it (`npm run bench`).
    target_requests_per_minute = 12000
  }

  # Until the service knows its users, it refuses to start here. True only where something before it decides who may
  # reach it: see docs/troubleshooting.md.
  allow_anonymous = false

  log_retention_days = 90

  deletion_protection = true

  # About 9 USD a month and 0.60 USD per million requests.
  waf_enabled = true

  observability = {
    # False for a team that brings its own: about 20 USD a month.
    enabled = true
    # True once the organisation has IAM Identity Center: about 9 USD a month for each editor.
    grafana_enabled = false
  }

  # About twice what docs/infrastructure.md calculates.
  monthly_limit_usd = 1100
  share_account     = true
}
