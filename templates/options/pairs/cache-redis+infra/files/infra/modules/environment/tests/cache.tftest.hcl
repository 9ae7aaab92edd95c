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
  observability       = { enabled = false }
  monthly_limit_usd   = 200
  share_account       = true
}

run "the_tasks_are_told_where_the_cache_is" {
  command = plan

  assert {
    condition     = keys(local.cache_variables) == ["REDIS_URL"] && module.cache.node_ids == ["todo-staging-001"]
    error_message = "The tasks need its URL, and staging one node."
  }
}

run "a_url_with_a_password_goes_before" {
  command = plan

  variables {
    secrets = { REDIS_URL = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:todo-staging/redis-AbCdEf" }
  }

  assert {
    condition     = length(local.cache_variables) == 0
    error_message = "A variable can't be in secrets and in the environment."
  }
}

run "it_is_as_redundant_as_the_database" {
  command = plan

  variables {
    database = {
      instance_class            = "db.t4g.micro"
      allocated_storage_gib     = 20
      max_allocated_storage_gib = 50
      max_connections           = 100
      multi_az                  = true
      backup_retention_days     = 7
    }
  }

  assert {
    condition     = module.cache.node_ids == ["todo-staging-001", "todo-staging-002"]
    error_message = "Where the database has a standby, so has the cache."
  }
}
