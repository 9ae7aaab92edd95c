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

run "is_protected" {
  command = plan

  assert {
    condition = alltrue([
      aws_db_instance.this.storage_encrypted,
      aws_db_instance.this.kms_key_id == var.kms_key_arn,
      aws_db_instance.this.performance_insights_kms_key_id == var.kms_key_arn,
      aws_db_instance.this.master_user_secret_kms_key_id == var.kms_key_arn,
    ])
    error_message = "Storage, insights and secret must be encrypted with the key of the environment."
  }
  assert {
    condition     = !aws_db_instance.this.publicly_accessible
    error_message = "The database must not be public."
  }
  assert {
    condition = alltrue([
      aws_db_instance.this.multi_az,
      aws_db_instance.this.deletion_protection,
      aws_db_instance.this.backup_retention_period == 14,
      !aws_db_instance.this.skip_final_snapshot,
      aws_db_instance.this.final_snapshot_identifier == "todo-production-final",
      !aws_db_instance.this.delete_automated_backups,
      aws_db_instance.this.copy_tags_to_snapshot,
    ])
    error_message = "Data must survive a failure and a deletion."
  }
  assert {
    condition = alltrue([
      aws_db_instance.this.manage_master_user_password,
      aws_db_instance.this.iam_database_authentication_enabled,
      aws_db_instance.this.password == null,
    ])
    error_message = "No password may pass through Terraform."
  }
  assert {
    condition     = !aws_db_instance.this.apply_immediately && !aws_db_instance.this.allow_major_version_upgrade && aws_db_instance.this.auto_minor_version_upgrade
    error_message = "Changes wait for the window, minor versions come by themselves, major ones never."
  }
}

run "has_its_parameters" {
  command = plan

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17"
    error_message = "The family must follow the major version."
  }
  assert {
    condition = { for p in aws_db_parameter_group.this.parameter : p.name => p.value } == {
      "rds.force_ssl"                       = "1"
      "max_connections"                     = "400"
      "shared_preload_libraries"            = "pg_stat_statements"
      "pg_stat_statements.track"            = "top"
      "track_io_timing"                     = "1"
      "log_min_duration_statement"          = "500"
      "log_lock_waits"                      = "1"
      "idle_in_transaction_session_timeout" = "60000"
    }
    error_message = "The parameters must be those that the README promises."
  }
  assert {
    condition = toset([for p in aws_db_parameter_group.this.parameter : p.name if p.apply_method == "pending-reboot"]) == toset([
      "max_connections", "shared_preload_libraries",
    ])
    error_message = "AWS refuses to apply a static parameter immediately."
  }
}

run "is_watched" {
  command = plan

  assert {
    condition = (
      toset(aws_db_instance.this.enabled_cloudwatch_logs_exports) == toset(keys(aws_cloudwatch_log_group.this))
      && alltrue([for g in aws_cloudwatch_log_group.this : g.retention_in_days == 30 && g.kms_key_id == var.kms_key_arn])
    )
    error_message = "Each exported log must have a group with retention and key."
  }
  assert {
    condition     = aws_db_instance.this.monitoring_interval == 60 && aws_db_instance.this.performance_insights_enabled
    error_message = "Enhanced monitoring and Performance Insights must be on."
  }
  assert {
    condition     = jsondecode(aws_iam_role.monitoring.assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == "arn:aws:rds:eu-central-1:111122223333:db:todo-production"
    error_message = "The monitoring role must be for this database alone."
  }
}

run "long_insights_need_the_advanced_mode" {
  command = plan

  variables {
    performance_insights_retention_days = 465
  }

  assert {
    condition     = aws_db_instance.this.database_insights_mode == "advanced"
    error_message = "AWS refuses 465 days and more in standard mode."
  }
}

run "the_role_has_the_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/github/todo-production-boundary"
  }

  assert {
    condition     = aws_iam_role.monitoring.permissions_boundary == var.permissions_boundary_arn
    error_message = "The role must have the boundary."
  }
}

run "restores_a_snapshot" {
  command = plan

  variables {
    restore_from = { snapshot_identifier = "todo-production-final" }
  }

  assert {
    condition     = aws_db_instance.this.snapshot_identifier == "todo-production-final" && length(aws_db_instance.this.restore_to_point_in_time) == 0
    error_message = "The snapshot must be where the data comes from."
  }
}

run "restores_a_point_in_time" {
  command = plan

  variables {
    restore_from = { source_resource_id = "db-OLD", restore_time = "2026-01-31T12:00:00Z" }
  }

  assert {
    condition     = one(aws_db_instance.this.restore_to_point_in_time).restore_time == "2026-01-31T12:00:00Z"
    error_message = "The time must be passed on."
  }
}

run "restores_the_latest_time" {
  command = plan

  variables {
    restore_from = { source_resource_id = "db-OLD" }
  }

  assert {
    condition     = one(aws_db_instance.this.restore_to_point_in_time).use_latest_restorable_time
    error_message = "Without a time it's the latest one."
  }
}

run "lets_in_its_clients_only" {
  command   = apply
  state_key = "database"

  assert {
    condition = { for who, rule in aws_vpc_security_group_ingress_rule.client : who => rule.referenced_security_group_id } == {
      service = "sg-service", migration = "sg-migration"
    }
    error_message = "There must be one rule for each client, and it must name the client's group."
  }
  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.client : rule.from_port == 5432 && rule.to_port == 5432 && rule.cidr_ipv4 == null
    ])
    error_message = "Clients reach PostgreSQL's port only, and no range of addresses does."
  }
  assert {
    condition = (
      output.master_secret_arn == "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-abc-123456"
      && output.endpoint == "todo-production.abc.eu-central-1.rds.amazonaws.com" && output.resource_id == "db-ABC"
      && output.app_user == "todo_app" && output.master_username == "todo_owner"
    )
    error_message = "The outputs must name host, roles and secret."
  }
}

run "forget_the_database" {
  command   = apply
  state_key = "database"

  module {
    source = "./tests/forget"
  }
}
