data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account_id          = data.aws_caller_identity.current.account_id
  partition           = data.aws_partition.current.partition
  flow_log_group_name = "/${var.name}/flow-logs"
  flow_log_group_arn  = "arn:${local.partition}:logs:${data.aws_region.current.region}:${local.account_id}:log-group:${local.flow_log_group_name}"

  flow_log_trust = {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      # Only flow logs of this account: the service acts for all accounts.
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  }

  flow_log_permissions = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteToTheirLogGroup"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = [local.flow_log_group_arn, "${local.flow_log_group_arn}:*"]
      },
      {
        Sid    = "FindTheirLogGroup"
        Effect = "Allow"
        Action = "logs:DescribeLogGroups"
        # AWS has no resource-level permission for this call.
        Resource = "*"
      },
    ]
  }
}

resource "aws_cloudwatch_log_group" "flow_logs" {
  # checkov:skip=CKV_AWS_338:An environment says for how long logs are worth their price; the policy wants an end.
  name              = local.flow_log_group_name
  retention_in_days = var.flow_log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_iam_role" "flow_logs" {
  name                 = "${var.name}-flow-logs"
  description          = "Lets the flow logs of ${var.name} write to their log group"
  assume_role_policy   = jsonencode(local.flow_log_trust)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "flow_logs" {
  name   = "write"
  role   = aws_iam_role.flow_logs.name
  policy = jsonencode(local.flow_log_permissions)
}

# Who talked to whom, and what was refused: the first thing that is asked after an incident.
resource "aws_flow_log" "this" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow_logs.arn
  iam_role_arn         = aws_iam_role.flow_logs.arn

  tags = { Name = var.name }

  # Without its permissions, the first delivery fails.
  depends_on = [aws_iam_role_policy.flow_logs]
}
