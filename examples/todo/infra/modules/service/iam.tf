data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region

  # The execution roles are used by ECS to start a container, the task roles by the code in it. The migration has its
  # own: the service never gets at the password of the owner. Releases pass these roles on, by these names.
  roles = {
    task                = "What the service may do"
    execution           = "What ECS may do to start the service"
    migration-task      = "What a migration may do: nothing, for it logs in with a password"
    migration-execution = "What ECS may do to start a migration"
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

  pull_statements = [
    {
      Sid    = "LogInToTheRegistry"
      Effect = "Allow"
      Action = "ecr:GetAuthorizationToken"
      # AWS has no resource-level permission for this call.
      Resource = "*"
    },
    {
      Sid      = "PullTheImage"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = var.repository_arn
    },
  ]

  log_statements = {
    for writer, arn in var.log_group_arns : writer => {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${arn}:*"
    }
  }

  # A reference may name a key within a secret (…:key::); a policy names the secret alone, its first seven parts.
  secret_arns = {
    service   = distinct([for arn in values(var.secrets) : join(":", slice(split(":", arn), 0, 7))])
    migration = [var.database.master_secret_arn]
  }
  secret_statements = {
    for reader, arns in local.secret_arns : reader => [
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = arns
      },
      {
        Sid       = "DecryptSecrets"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
      },
    ]
  }

  execution_policies = {
    execution = {
      Version = "2012-10-17"
      Statement = concat(
        local.pull_statements,
        [local.log_statements["service"]],
        [for statement in local.secret_statements["service"] : statement if length(var.secrets) > 0],
      )
    }
    migration-execution = {
      Version   = "2012-10-17"
      Statement = concat(local.pull_statements, [local.log_statements["migration"]], local.secret_statements["migration"])
    }
  }

  task_policy = {
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "LogInToTheDatabase"
        Effect   = "Allow"
        Action   = "rds-db:connect"
        Resource = "arn:${local.partition}:rds-db:${local.region}:${local.account_id}:dbuser:${var.database.resource_id}/${var.database.app_user}"
      }],
      [for statement in local.exec_statements : statement if var.exec_enabled],
    )
  }

  exec_statements = [
    {
      Sid    = "OpenShells"
      Effect = "Allow"
      Action = [
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
      ]
      # AWS has no resource-level permission for these calls.
      Resource = "*"
    },
    {
      Sid      = "EncryptShells"
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = var.kms_key_arn
    },
  ]
}

resource "aws_iam_role" "this" {
  for_each = local.roles

  name                 = "${var.name}-${each.key}"
  description          = each.value
  assume_role_policy   = jsonencode(local.trust)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "execution" {
  for_each = local.execution_policies

  name   = "start"
  role   = aws_iam_role.this[each.key].name
  policy = jsonencode(each.value)
}

resource "aws_iam_role_policy" "task" {
  name   = "run"
  role   = aws_iam_role.this["task"].name
  policy = jsonencode(local.task_policy)
}
