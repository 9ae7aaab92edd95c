provider "aws" {
  region = var.region

  # The roles of the pipelines tell environments apart by the tag `environment`.
  default_tags {
    tags = {
      service     = local.service.name
      environment = "staging"
    }
  }
}

locals {
  service = jsondecode(file("${path.module}/../../../service.json"))
}

# Staging: like production in everything but size and what costs money for availability. Prices are in
# docs/infrastructure.md.
module "environment" {
  source = "../../modules/environment"

  service         = local.service
  environment     = "staging"
  region          = var.region
  alarm_email     = var.alarm_email
  domain_name     = var.domain_name
  hosted_zone_id  = var.hosted_zone_id
  certificate_arn = var.certificate_arn

  network = {
    # Can't be changed without building the network anew. Production has another one, so that both could be joined.
    cidr       = "10.20.0.0/16"
    zone_count = 2
    # One gateway: 35 USD a month. If its zone fails, tasks can't start until it's back.
    nat = "one"
  }

  database = {
    # The smallest, on credits: busy for an hour, it becomes slow. Then take db.t4g.small, at twice the price.
    instance_class            = "db.t4g.micro"
    allocated_storage_gib     = 20
    max_allocated_storage_gib = 50
    # About 100 for each GiB of memory. Bounds `tasks.max`.
    max_connections = 100
    # Without a standby, half the price: maintenance and failures take minutes.
    multi_az              = false
    backup_retention_days = 7
  }

  tasks = {
    cpu_units  = 256
    memory_mib = 512
    # One is cheap, and gone while its zone is.
    min = 1
    max = 3
    # What one task of this size serves with room to spare; measure it (`npm run bench`).
    target_requests_per_minute = 6000
  }

  # Test data and testers only: nobody has to log in. See docs/troubleshooting.md before production says the same.
  allow_anonymous = true

  log_retention_days = 30

  # What is tried out here must be removable.
  deletion_protection = false

  # 9 USD a month and more for rules that nobody attacks here. Turn it on to test exceptions of its rules.
  waf_enabled = false

  observability = {
    # False for a team that brings its own: about 20 USD a month.
    enabled = true
    # True once the organisation has IAM Identity Center: about 9 USD a month for each editor.
    grafana_enabled = false
  }

  # About twice what docs/infrastructure.md calculates.
  monthly_limit_usd = 260
  share_account     = true
}
