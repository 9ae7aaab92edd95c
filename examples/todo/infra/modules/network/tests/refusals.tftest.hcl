mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
}

variables {
  name                    = "todo-staging"
  cidr                    = "10.20.0.0/16"
  zone_count              = 2
  nat                     = "one"
  kms_key_arn             = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  flow_log_retention_days = 30
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    name = "-todo"
  }
  expect_failures = [var.name]
}

run "refuses_what_is_no_range" {
  command = plan
  variables {
    cidr = "10.20.0.0"
  }
  expect_failures = [var.cidr]
}

run "refuses_ipv6" {
  command = plan
  variables {
    cidr = "fd00::/16"
  }
  expect_failures = [var.cidr]
}

run "refuses_an_address_within_the_range" {
  command = plan
  variables {
    cidr = "10.20.0.1/16"
  }
  expect_failures = [var.cidr]
}

run "refuses_too_small_a_range" {
  command = plan
  variables {
    cidr = "10.20.0.0/24"
  }
  expect_failures = [var.cidr]
}

run "refuses_too_large_a_range" {
  command = plan
  variables {
    cidr = "10.0.0.0/8"
  }
  expect_failures = [var.cidr]
}

run "refuses_a_public_range" {
  command = plan
  variables {
    cidr = "172.32.0.0/16"
  }
  expect_failures = [var.cidr]
}

run "refuses_one_zone" {
  command = plan
  variables {
    zone_count = 1
  }
  expect_failures = [var.zone_count]
}

run "refuses_an_unknown_way_out" {
  command = plan
  variables {
    nat = "two"
  }
  expect_failures = [var.nat]
}

run "refuses_an_alias" {
  command = plan
  variables {
    kms_key_arn = "alias/todo-staging"
  }
  expect_failures = [var.kms_key_arn]
}

run "refuses_a_retention_that_cloudwatch_lacks" {
  command = plan
  variables {
    flow_log_retention_days = 31
  }
  expect_failures = [var.flow_log_retention_days]
}
