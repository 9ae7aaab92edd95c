# Refused: While a release runs, 20 tasks become 40, with 11 connections each and 10 reserved: 450
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  service = {
    name     = "todo"
    ports    = { http = 3000, management = 9000 }
    timeouts = { requestMs = 10000, balancerIdleMs = 60000, keepAliveMs = 65000, drainMs = 5000, shutdownMs = 25000 }
    database = { name = "todo", postgres = 17, poolSize = 10 }
  }
  environment     = "staging"
  region          = "eu-central-1"
  alarm_email     = "team@example.com"
  domain_name     = "api.example.com"
  hosted_zone_id  = "Z0123456789ABC"
  certificate_arn = null
  network         = { cidr = "10.20.0.0/16", zone_count = 2, nat = "one" }
  database = {
    instance_class            = "db.t4g.micro"
    allocated_storage_gib     = 20
    max_allocated_storage_gib = 50
    max_connections           = 100
    multi_az                  = false
    backup_retention_days     = 7
  }
  tasks               = { cpu_units = 256, memory_mib = 512, min = 1, max = 3, target_requests_per_minute = 6000 }
  allow_anonymous     = true
  log_retention_days  = 30
  deletion_protection = false
  waf_enabled         = false
  observability       = { enabled = true, grafana_enabled = true }
  monthly_limit_usd   = 200
  share_account       = true
}

# A precondition within a module, which expect_failures can't name.
run "more_connections_than_the_database_accepts" {
  command = plan

  variables {
    tasks = { cpu_units = 256, memory_mib = 512, min = 1, max = 20, target_requests_per_minute = 6000 }
  }
}
