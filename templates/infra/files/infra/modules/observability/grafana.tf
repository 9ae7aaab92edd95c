locals {
  grafana = toset(var.grafana_enabled ? ["this"] : [])

  grafana_trust = {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "grafana.amazonaws.com" }
      # Only for workspaces of this account: Grafana acts for all accounts.
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        StringLike   = { "aws:SourceArn" = "arn:${local.partition}:grafana:${local.region}:${local.account_id}:/workspaces/*" }
      }
    }]
  }

  grafana_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "QueryMetrics"
        Effect   = "Allow"
        Action   = ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"]
        Resource = aws_prometheus_workspace.this.arn
      },
      {
        Sid    = "QueryCloudWatch"
        Effect = "Allow"
        Action = ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"]
        # AWS has no resource-level permission for these calls.
        Resource = "*"
      },
    ]
  }
}

# Within the network, for Loki is nowhere else to be reached.
resource "aws_grafana_workspace" "this" {
  for_each = local.grafana

  name                     = var.name
  account_access_type      = "CURRENT_ACCOUNT"
  authentication_providers = ["AWS_SSO"]
  permission_type          = "CUSTOMER_MANAGED"
  data_sources             = ["CLOUDWATCH", "PROMETHEUS"]
  role_arn                 = aws_iam_role.grafana[each.key].arn

  vpc_configuration {
    subnet_ids         = var.private_subnet_ids
    security_group_ids = [aws_security_group.grafana[each.key].id]
  }
}

resource "aws_iam_role" "grafana" {
  for_each = local.grafana

  name                 = "${local.part_name}-grafana"
  description          = "What Grafana of ${var.name} may query"
  assume_role_policy   = jsonencode(local.grafana_trust)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "grafana" {
  for_each = local.grafana

  name   = "query"
  role   = aws_iam_role.grafana[each.key].name
  policy = jsonencode(local.grafana_policy)
}

resource "aws_security_group" "grafana" {
  for_each = local.grafana

  name        = "${local.part_name}-grafana"
  description = "Grafana of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "grafana_aws" {
  for_each = local.grafana

  security_group_id = aws_security_group.grafana[each.key].id
  description       = "HTTPS: Prometheus and CloudWatch"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "grafana_loki" {
  for_each = local.grafana

  security_group_id            = aws_security_group.grafana[each.key].id
  description                  = "Queries to Loki"
  referenced_security_group_id = aws_security_group.task.id
  ip_protocol                  = "tcp"
  from_port                    = local.loki_port
  to_port                      = local.loki_port
}

resource "aws_vpc_security_group_ingress_rule" "grafana_loki" {
  for_each = local.grafana

  security_group_id            = aws_security_group.task.id
  description                  = "Queries of Grafana to Loki"
  referenced_security_group_id = aws_security_group.grafana[each.key].id
  ip_protocol                  = "tcp"
  from_port                    = local.loki_port
  to_port                      = local.loki_port
}
