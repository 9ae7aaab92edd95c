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

run "timeouts_come_from_the_service" {
  command = plan

  variables {
    service = {
      name     = "todo"
      ports    = { http = 3000, management = 9000 }
      timeouts = { requestMs = 10000, balancerIdleMs = 90000, keepAliveMs = 95000, drainMs = 5000, shutdownMs = 40000 }
      database = { name = "todo", postgres = 17, poolSize = 10 }
    }
  }

  assert {
    condition     = output.timeouts == { balancer_idle = 90, deregistration_delay = 30, stop = 60 }
    error_message = "Balancer and ECS must follow the timeouts of the service."
  }
}

run "connections_come_from_the_service" {
  command = plan

  variables {
    service = {
      name     = "todo"
      ports    = { http = 3000, management = 9000 }
      timeouts = { requestMs = 10000, balancerIdleMs = 60000, keepAliveMs = 65000, drainMs = 5000, shutdownMs = 25000 }
      database = { name = "todo", postgres = 17, poolSize = 5 }
    }
  }

  # Three tasks, doubled by a release, with a pool of five and a connection for health checks each, and ten reserved.
  assert {
    condition     = output.connections == { needed = 46, accepted = 100 }
    error_message = "The budget of connections must be that of the pool in service.json."
  }
}

run "is_composed" {
  command   = apply
  state_key = "environment"

  assert {
    condition = jsondecode(aws_ssm_parameter.deployment.value) == {
      cluster                 = "todo-staging"
      service                 = "todo-staging"
      container               = "app"
      templateFamily          = "todo-staging-template"
      migrationTemplateFamily = "todo-staging-migration-template"
      migrationNetwork = {
        subnets        = module.network.private_subnet_ids
        securityGroups = [module.service.migration_security_group_id]
        assignPublicIp = "DISABLED"
      }
      repositoryUrl  = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/service"
      url            = "https://api.example.com"
      logGroups      = { service = "/todo-staging/service", migration = "/todo-staging/migration" }
      rollbackAlarms = ["todo-staging-server-errors", "todo-staging-latency", "todo-staging-unhealthy-hosts"]
      database       = "todo-staging"
    }
    error_message = "Releases find everything in this parameter."
  }
  assert {
    condition     = aws_ssm_parameter.deployment.name == "/todo/staging/deployment" && aws_ssm_parameter.deployment.type == "String"
    error_message = "The deploy role may read this path."
  }
  assert {
    condition     = local.permissions_boundary_arn == "arn:aws:iam::111122223333:policy/github/todo-staging-boundary"
    error_message = "The infra role may only make roles with the boundary that bootstrap made."
  }
  assert {
    condition = output.observability == {
      region     = "eu-central-1"
      prometheus = "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/"
      loki       = "http://loki.todo-staging.internal:3100"
      grafana    = "https://g-1.grafana-workspace.eu-central-1.amazonaws.com"
    }
    error_message = "People find metrics, logs and dashboards by the outputs."
  }
  assert {
    condition     = module.service.scrapers == { collector = module.observability[0].scraper_security_group_id }
    error_message = "The tasks must let the collector read their metrics."
  }
  assert {
    condition     = strcontains(output.dashboard_url, "region=eu-central-1#dashboards/dashboard/todo-staging") && output.url == "https://api.example.com" && output.dns_name == "balancer-1.eu-central-1.elb.amazonaws.com" && output.alarm_topic_arn == "arn:aws:sns:eu-central-1:111122223333:topic"
    error_message = "People find service, dashboard and alarms by the outputs."
  }
}

run "brings_its_own_observability" {
  command   = plan
  state_key = "own"

  variables {
    observability = { enabled = false }
  }

  assert {
    condition     = length(module.observability) == 0 && output.observability == null
    error_message = "A team that brings its own pays for nothing here."
  }
}

run "forget_the_database" {
  command   = apply
  state_key = "environment"

  module {
    source = "./tests/forget"
  }
}
