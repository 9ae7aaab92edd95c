locals {
  roles = {
    task      = "What collector and Loki of ${var.name} may do"
    execution = "What ECS may do to start them"
  }

  trust = {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      # Only for tasks of this account: ECS acts for all accounts.
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${local.region}:${local.account_id}:*" }
      }
    }]
  }

  policies = {
    execution = {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "WriteLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${aws_cloudwatch_log_group.this.arn}:*"
        },
        {
          Sid    = "LogInToTheRegistry"
          Effect = "Allow"
          Action = "ecr:GetAuthorizationToken"
          # AWS has no resource-level permission for this call.
          Resource = "*"
        },
        {
          # Where the images are copies, they are beside the service's own.
          Sid      = "PullCopies"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = var.repository_arn
        },
      ]
    }
    task = {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "ListTasks"
          Effect = "Allow"
          Action = ["ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "ecs:ListClusters", "ecs:ListServices", "ecs:ListTasks"]
          # AWS has no resource-level permission for most of these calls, and the others only list.
          Resource = "*"
        },
        {
          Sid    = "DescribeTasks"
          Effect = "Allow"
          Action = ["ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTasks"]
          Resource = [
            var.cluster_arn,
            # Asked for by the discovery when it starts, to see whether it may ask at all.
            "arn:${local.partition}:ecs:${local.region}:${local.account_id}:cluster/default",
            "arn:${local.partition}:ecs:${local.region}:${local.account_id}:service/${var.cluster_name}/*",
            "arn:${local.partition}:ecs:${local.region}:${local.account_id}:task/${var.cluster_name}/*",
          ]
        },
        {
          Sid      = "WriteMetrics"
          Effect   = "Allow"
          Action   = "aps:RemoteWrite"
          Resource = aws_prometheus_workspace.this.arn
        },
        {
          Sid      = "ReadLogs"
          Effect   = "Allow"
          Action   = "logs:FilterLogEvents"
          Resource = flatten([for arn in values(var.log_group_arns) : [arn, "${arn}:*"]])
        },
        {
          Sid      = "KeepLogs"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
          Resource = [local.bucket_arn, "${local.bucket_arn}/*"]
        },
        {
          Sid       = "EncryptLogs"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = var.kms_key_arn
          Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
        },
        {
          Sid       = "KeepFiles"
          Effect    = "Allow"
          Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
          Resource  = aws_efs_file_system.this.arn
          Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.this.arn } }
        },
      ]
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.roles

  name                 = "${local.part_name}-${each.key}"
  description          = each.value
  assume_role_policy   = jsonencode(local.trust)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies

  name   = "run"
  role   = aws_iam_role.this[each.key].name
  policy = jsonencode(each.value)
}
