mock_provider "aws" {}

variables {
  name                      = "todo-staging"
  vpc_id                    = "vpc-1"
  vpc_cidr                  = "10.20.0.0/16"
  subnet_ids                = ["subnet-1", "subnet-2"]
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  container_port            = 3000
  health_port               = 9000
  domain_name               = "todo.example.com"
  hosted_zone_id            = "Z0123456789"
  access_log_retention_days = 30
  deletion_protection       = true
  waf_enabled               = false
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    name = "Todo"
  }
  expect_failures = [var.name]
}

run "refuses_what_is_no_range" {
  command = plan
  variables {
    vpc_cidr = "10.20.0.0"
  }
  expect_failures = [var.vpc_cidr]
}

run "refuses_one_subnet" {
  command = plan
  variables {
    subnet_ids = ["subnet-1"]
  }
  expect_failures = [var.subnet_ids]
}

run "refuses_an_alias" {
  command = plan
  variables {
    kms_key_arn = "alias/todo-staging"
  }
  expect_failures = [var.kms_key_arn]
}

run "refuses_a_port_of_root" {
  command = plan
  variables {
    container_port = 80
  }
  expect_failures = [var.container_port]
}

run "refuses_a_health_port_beyond_all" {
  command = plan
  variables {
    health_port = 70000
  }
  expect_failures = [var.health_port]
}

run "refuses_a_path_without_slash" {
  command = plan
  variables {
    health_path = "health/ready"
  }
  expect_failures = [var.health_path]
}

run "refuses_what_is_no_certificate" {
  command = plan
  variables {
    certificate_arn = "arn:aws:iam::111122223333:server-certificate/todo"
  }
  expect_failures = [var.certificate_arn]
}

run "refuses_a_url_as_domain" {
  command = plan
  variables {
    domain_name = "https://todo.example.com"
  }
  expect_failures = [var.domain_name]
}

run "refuses_neither_certificate_nor_domain" {
  command = plan
  variables {
    domain_name    = null
    hosted_zone_id = null
  }
  expect_failures = [var.domain_name]
}

run "refuses_a_domain_that_cannot_be_proven" {
  command = plan
  variables {
    hosted_zone_id = null
  }
  expect_failures = [var.domain_name]
}

run "refuses_a_zone_without_a_domain" {
  command = plan
  variables {
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/given"
    domain_name     = null
  }
  expect_failures = [var.domain_name]
}

run "refuses_no_idle_timeout" {
  command = plan
  variables {
    idle_timeout_seconds = 0
  }
  expect_failures = [var.idle_timeout_seconds]
}

run "refuses_a_delay_that_no_task_survives" {
  command = plan
  variables {
    deregistration_delay_seconds = 300
  }
  expect_failures = [var.deregistration_delay_seconds]
}

run "refuses_a_retention_that_cloudwatch_lacks" {
  command = plan
  variables {
    access_log_retention_days = 45
  }
  expect_failures = [var.access_log_retention_days]
}

run "refuses_a_limit_below_that_of_aws" {
  command = plan
  variables {
    waf_rate_limit_per_5_minutes = 5
  }
  expect_failures = [var.waf_rate_limit_per_5_minutes]
}
