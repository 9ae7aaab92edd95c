locals {
  # The most that any role of an environment can ever do, whatever policies it's given. The infra role can only make
  # roles with this boundary, so who may change Terraform can't make an administrator. If a module's role needs
  # something new, it's added here, by somebody with the rights to apply this root.
  boundaries = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "CallsOnNoResource"
          Effect = "Allow"
          Action = [
            "cloudwatch:GetMetricData", "cloudwatch:ListMetrics", "ec2:DescribeInstances",
            "ec2:DescribeNetworkInterfaces", "ecr:GetAuthorizationToken", "ecs:ListClusters", "ecs:ListServices",
            "ecs:ListTasks", "logs:DescribeLogGroups",
            "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
          ]
          # AWS has no resource-level permission for most of these calls, and the others only list.
          Resource = "*"
        },
        {
          Sid    = "FindTasksToScrape"
          Effect = "Allow"
          Action = ["ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTasks"]
          Resource = [
            "${local.arn.ecs}:cluster/${name}",
            # Asked for by the discovery of the collector when it starts.
            "${local.arn.ecs}:cluster/default",
            "${local.arn.ecs}:service/${name}/*",
            "${local.arn.ecs}:task/${name}/*",
          ]
        },
        {
          Sid      = "LogInToTheDatabase"
          Effect   = "Allow"
          Action   = "rds-db:connect"
          Resource = "${local.arn["rds-db"]}:dbuser:*/*"
        },
        {
          Sid      = "PullImages"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = "${local.arn.ecr}:repository/${var.service}"
        },
        {
          Sid    = "ReadSecrets"
          Effect = "Allow"
          Action = "secretsmanager:GetSecretValue"
          Resource = [
            "${local.arn.secretsmanager}:secret:${name}*",
            # The names that RDS gives to the secrets it manages.
            "${local.arn.secretsmanager}:secret:rds!*",
          ]
        },
        {
          Sid       = "UseTheKeyOfTheEnvironment"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
          Resource  = "${local.arn.kms}:key/*"
          Condition = { StringEquals = { "aws:ResourceTag/environment" = environment } }
        },
        {
          Sid    = "Logs"
          Effect = "Allow"
          Action = [
            "logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:FilterLogEvents",
            "logs:PutLogEvents", "logs:PutRetentionPolicy",
          ]
          Resource = [
            "${local.arn.logs}:log-group:/${name}/*",
            # Where the enhanced monitoring of RDS writes, by its own rule.
            "${local.arn.logs}:log-group:RDSOSMetrics*",
          ]
        },
        {
          Sid      = "OwnBuckets"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
          Resource = "arn:${local.partition}:s3:::${local.short_names[environment]}-*"
        },
        {
          Sid       = "OwnFileSystems"
          Effect    = "Allow"
          Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
          Resource  = "${local.arn.elasticfilesystem}:file-system/*"
          Condition = { StringEquals = { "aws:ResourceTag/environment" = environment } }
        },
        {
          Sid       = "OwnMetrics"
          Effect    = "Allow"
          Action    = ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics", "aps:RemoteWrite"]
          Resource  = "${local.arn.aps}:workspace/*"
          Condition = { StringEquals = { "aws:ResourceTag/environment" = environment } }
        },
      ]
    }
  }
}

resource "aws_iam_policy" "boundary" {
  for_each = local.names

  name        = "${each.value}-boundary"
  path        = "/github/"
  description = "The most that a role of ${each.value} can do"
  policy      = jsonencode(local.boundaries[each.key])
}
