# Each value that would fail at AWS, late or silently, is refused with a sentence.
mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/todo-production-monitoring" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address     = "todo-production.abc.eu-central-1.rds.amazonaws.com"
      resource_id = "db-ABC"
      master_user_secret = [{
        kms_key_id    = "arn:aws:kms:eu-central-1:111122223333:key/0000"
        secret_arn    = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-abc-123456"
        secret_status = "active"
      }]
    }
  }
}

variables {
  name                      = "todo-production"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-1", "subnet-2"]
  client_security_group_ids = { service = "sg-service", migration = "sg-migration" }
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  database_name             = "todo"
  postgres_version          = "17"
  instance_class            = "db.m7g.large"
  allocated_storage_gib     = 50
  max_allocated_storage_gib = 500
  multi_az                  = true
  backup_retention_days     = 14
  max_connections           = 400
}

run "refuses_a_bad_name" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "todo_production"
  }
}

run "refuses_one_zone" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = ["subnet-1"]
  }
}

run "refuses_an_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "alias/todo"
  }
}

run "refuses_a_bad_database_name" {
  command         = plan
  expect_failures = [var.database_name]

  variables {
    database_name = "to-do"
  }
}

run "refuses_an_old_version" {
  command         = plan
  expect_failures = [var.postgres_version]

  variables {
    postgres_version = "12"
  }
}

run "refuses_a_class_of_ec2" {
  command         = plan
  expect_failures = [var.instance_class]

  variables {
    instance_class = "t4g.micro"
  }
}

run "refuses_too_little_storage" {
  command         = plan
  expect_failures = [var.allocated_storage_gib]

  variables {
    allocated_storage_gib = 10
  }
}

run "refuses_storage_that_cannot_grow" {
  command         = plan
  expect_failures = [var.max_allocated_storage_gib]

  variables {
    max_allocated_storage_gib = 50
  }
}

run "refuses_no_backups" {
  command         = plan
  expect_failures = [var.backup_retention_days]

  variables {
    backup_retention_days = 0
  }
}

run "refuses_logging_each_query" {
  command         = plan
  expect_failures = [var.slow_query_ms]

  variables {
    slow_query_ms = 0
  }
}

run "refuses_too_few_connections" {
  command         = plan
  expect_failures = [var.max_connections]

  variables {
    max_connections = 10
  }
}

run "refuses_odd_insights" {
  command         = plan
  expect_failures = [var.performance_insights_retention_days]

  variables {
    performance_insights_retention_days = 30
  }
}

run "refuses_odd_log_retention" {
  command         = plan
  expect_failures = [var.log_retention_days]

  variables {
    log_retention_days = 31
  }
}

run "refuses_two_sources" {
  command         = plan
  expect_failures = [var.restore_from]

  variables {
    restore_from = { snapshot_identifier = "a", source_resource_id = "db-OLD" }
  }
}

run "refuses_no_source" {
  command         = plan
  expect_failures = [var.restore_from]

  variables {
    restore_from = {}
  }
}

run "refuses_a_time_without_a_source" {
  command         = plan
  expect_failures = [var.restore_from]

  variables {
    restore_from = { snapshot_identifier = "a", restore_time = "2026-01-31T12:00:00Z" }
  }
}

run "refuses_a_time_that_is_none" {
  command         = plan
  expect_failures = [var.restore_from]

  variables {
    restore_from = { source_resource_id = "db-OLD", restore_time = "yesterday" }
  }
}
