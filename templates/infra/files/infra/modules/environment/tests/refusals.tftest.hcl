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

run "alarms_that_nobody_hears" {
  command = plan

  variables {
    alarm_email = ""
  }

  expect_failures = [var.alarm_email]
}

run "no_certificate" {
  command = plan

  variables {
    domain_name    = null
    hosted_zone_id = null
  }

  expect_failures = [var.domain_name]
}

run "a_domain_without_its_zone" {
  command = plan

  variables {
    hosted_zone_id = null
  }

  expect_failures = [var.domain_name]
}

run "an_environment_that_bootstrap_would_refuse" {
  command = plan

  variables {
    environment = "Staging-1"
  }

  expect_failures = [var.environment]
}

run "a_request_that_the_balancer_gives_up_first" {
  command = plan

  variables {
    service = {
      name     = "todo"
      ports    = { http = 3000, management = 9000 }
      timeouts = { requestMs = 20000, balancerIdleMs = 15000, keepAliveMs = 65000, drainMs = 5000, shutdownMs = 25000 }
      database = { name = "todo", postgres = 17, poolSize = 10 }
    }
  }

  expect_failures = [var.service]
}

run "a_request_that_a_release_would_cut_off" {
  command = plan

  variables {
    service = {
      name     = "todo"
      ports    = { http = 3000, management = 9000 }
      timeouts = { requestMs = 31000, balancerIdleMs = 60000, keepAliveMs = 65000, drainMs = 5000, shutdownMs = 25000 }
      database = { name = "todo", postgres = 17, poolSize = 10 }
    }
  }

  expect_failures = [var.service]
}
