locals {
  port = 6379

  # ElastiCache takes 40 characters. Cut as the other names are.
  id       = length(var.name) <= 32 ? var.name : "${trimsuffix(substr(var.name, 0, 23), "-")}-${substr(sha1(var.name), 0, 8)}"
  node_ids = [for number in range(1, var.replicas + 2) : format("%s-%03d", local.id, number)]
}

resource "aws_elasticache_subnet_group" "this" {
  name        = local.id
  description = "Where the cache of ${var.name} may run: private subnets"
  subnet_ids  = var.subnet_ids
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${local.id}-valkey8"
  family      = "valkey8"
  description = "Settings of the cache of ${var.name}"

  # A full cache forgets what nobody asked for lately, instead of refusing what is new.
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

# Without cluster mode, whose clients have to know which node has which key.
resource "aws_elasticache_replication_group" "this" {
  # checkov:skip=CKV_AWS_31:Only the tasks reach it, and it holds nothing but copies; the README of the module sets a password.
  replication_group_id = local.id
  description          = "Cache of ${var.name}"

  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = var.node_type
  num_cache_clusters   = var.replicas + 1
  parameter_group_name = aws_elasticache_parameter_group.this.name

  automatic_failover_enabled = var.replicas > 0
  multi_az_enabled           = var.replicas > 0

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]
  port               = local.port

  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"

  # What is lost is read from the database again.
  snapshot_retention_limit   = 0
  auto_minor_version_upgrade = true
  apply_immediately          = false
  maintenance_window         = "sun:04:30-sun:05:30"

  lifecycle {
    # The password is set by the AWS CLI: here it would be in the state in clear text.
    ignore_changes = [auth_token, auth_token_update_strategy]
  }
}
