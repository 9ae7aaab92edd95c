locals {
  monitoring_trust = {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
      # Only for this database: the service acts for all accounts.
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike = {
          "aws:SourceArn" = join(":", [
            "arn", data.aws_partition.current.partition, "rds", data.aws_region.current.region,
            data.aws_caller_identity.current.account_id, "db", var.name,
          ])
        }
      }
    }]
  }
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338:An environment says for how long logs are worth their price; the policy wants an end.
  for_each = local.log_kinds

  # RDS decides on the name.
  name              = "/aws/rds/instance/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# Enhanced monitoring: what the operating system under the database does. All databases of an account and region write
# to one log group, RDSOSMetrics, so no environment can own it.
resource "aws_iam_role" "monitoring" {
  name                 = "${var.name}-monitoring"
  description          = "Lets the enhanced monitoring of the database of ${var.name} write its metrics"
  assume_role_policy   = jsonencode(local.monitoring_trust)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}
