data "aws_partition" "current" {}

locals {
  port      = 5432
  major     = split(".", var.postgres_version)[0]
  log_kinds = toset(["postgresql", "upgrade", "iam-db-auth-error"])
  app_user  = "${var.database_name}_app"

  # An update of the engine or a new size waits for the maintenance window: it restarts the database.
  # The backup is taken before it.
  backup_window      = "02:00-03:00"
  maintenance_window = "sun:03:30-sun:04:30"
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Where the database of ${var.name} may run: subnets without a way to the internet"
  subnet_ids  = var.subnet_ids
}

resource "aws_db_instance" "this" {
  # checkov:skip=CKV_AWS_157:Staging has one zone, for half the price; the policy wants two in production.
  # checkov:skip=CKV_AWS_293:Staging may be destroyed; the policy wants the protection in production.
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.postgres_version
  instance_class = var.instance_class
  multi_az       = var.multi_az

  storage_type          = "gp3"
  allocated_storage     = var.allocated_storage_gib
  max_allocated_storage = var.max_allocated_storage_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  port                   = local.port
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  # The master role owns the schema and migrates it. RDS makes its password and rotates it every week: Terraform never
  # sees it. The service has a role of its own without a password: it logs in with a token of IAM.
  db_name                             = var.database_name
  username                            = "${var.database_name}_owner"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = true

  parameter_group_name        = aws_db_parameter_group.this.name
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = false
  apply_immediately           = false
  maintenance_window          = local.maintenance_window

  backup_retention_period  = var.backup_retention_days
  backup_window            = local.backup_window
  copy_tags_to_snapshot    = true
  delete_automated_backups = false
  deletion_protection      = var.deletion_protection
  skip_final_snapshot      = false
  # Known in advance, so that a restore can name it. A second database of this name can't be deleted before the
  # snapshot of the first one is deleted or renamed: that's wanted.
  final_snapshot_identifier = "${var.name}-final"

  enabled_cloudwatch_logs_exports       = local.log_kinds
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = var.performance_insights_retention_days
  # The advanced mode is what AWS asks for from this retention on.
  database_insights_mode = var.performance_insights_retention_days >= 465 ? "advanced" : "standard"

  snapshot_identifier = try(var.restore_from.snapshot_identifier, null)

  dynamic "restore_to_point_in_time" {
    for_each = try(var.restore_from.source_resource_id, null) == null ? [] : [var.restore_from]

    content {
      source_dbi_resource_id     = restore_to_point_in_time.value.source_resource_id
      restore_time               = restore_to_point_in_time.value.restore_time
      use_latest_restorable_time = restore_to_point_in_time.value.restore_time == null ? true : null
    }
  }

  lifecycle {
    # What would replace the database (its name, its key, its subnet group) is refused, also where deletion_protection
    # is off. To destroy it, this line has to be deleted first: see the README.
    prevent_destroy = true

    # Where it came from matters when it's made, and never again: without this line, removing restore_from later would
    # mean a replacement.
    ignore_changes = [snapshot_identifier, restore_to_point_in_time]
  }

  # RDS would make the log groups itself, without retention and key.
  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-pg${local.major}-"
  family      = "postgres${local.major}"
  description = "Settings of the database of ${var.name}"

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name         = parameter.key
      value        = parameter.value.value
      apply_method = parameter.value.restart ? "pending-reboot" : "immediate"
    }
  }

  # A major version needs a new group, while the database still uses the old one.
  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # `restart`: PostgreSQL reads it when it starts, so a change waits for the next maintenance or restart.
  parameters = {
    "rds.force_ssl"              = { value = "1", restart = false }
    "max_connections"            = { value = tostring(var.max_connections), restart = true }
    "shared_preload_libraries"   = { value = "pg_stat_statements", restart = true }
    "pg_stat_statements.track"   = { value = "top", restart = false }
    "track_io_timing"            = { value = "1", restart = false }
    "log_min_duration_statement" = { value = tostring(var.slow_query_ms), restart = false }
    # Who waits for a lock longer than deadlock_timeout (1 s) is logged, with who holds it.
    "log_lock_waits" = { value = "1", restart = false }
    # The service sets a shorter limit for itself; this one ends sessions of people who went for lunch in a transaction.
    "idle_in_transaction_session_timeout" = { value = "60000", restart = false }
  }
}
