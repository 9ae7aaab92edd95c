locals {
  infra_data = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "Database"
          Effect = "Allow"
          Action = [
            "rds:AddTagsToResource", "rds:CreateDBInstance", "rds:CreateDBParameterGroup", "rds:CreateDBSnapshot",
            "rds:CreateDBSubnetGroup", "rds:CreateEventSubscription", "rds:DeleteDBInstance",
            "rds:DeleteDBParameterGroup", "rds:DeleteDBSubnetGroup", "rds:DeleteEventSubscription",
            "rds:ModifyDBInstance", "rds:ModifyDBParameterGroup", "rds:ModifyDBSubnetGroup",
            "rds:ModifyEventSubscription", "rds:RebootDBInstance", "rds:RemoveTagsFromResource",
            "rds:ResetDBParameterGroup", "rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime",
          ]
          Resource = [
            "${local.arn.rds}:db:${name}*",
            "${local.arn.rds}:es:${name}*",
            "${local.arn.rds}:og:default*",
            "${local.arn.rds}:pg:${name}*",
            "${local.arn.rds}:snapshot:${name}*",
            # Automatic snapshots, which a restore may start from.
            "${local.arn.rds}:snapshot:rds:${name}*",
            "${local.arn.rds}:subgrp:${name}*",
          ]
        },
        {
          # A point in time is restored from a backup whose name AWS chooses.
          Sid      = "RestoreFromBackups"
          Effect   = "Allow"
          Action   = "rds:RestoreDBInstanceToPointInTime"
          Resource = "${local.arn.rds}:auto-backup:*"
        },
        {
          # Made and rotated by RDS in the name of the caller. There is no GetSecretValue: Terraform never sees a secret.
          Sid    = "Secrets"
          Effect = "Allow"
          Action = [
            "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:RotateSecret",
            "secretsmanager:TagResource", "secretsmanager:UntagResource", "secretsmanager:UpdateSecret",
          ]
          Resource = ["${local.arn.secretsmanager}:secret:${name}*", "${local.arn.secretsmanager}:secret:rds!db-*"]
        },
        {
          Sid    = "MakeKeys"
          Effect = "Allow"
          Action = "kms:CreateKey"
          # AWS has no resource-level permission for this call: the tag makes the key the environment's.
          Resource  = "*"
          Condition = { StringEquals = { "aws:RequestTag/environment" = environment } }
        },
        {
          Sid    = "KeysOfTheEnvironment"
          Effect = "Allow"
          Action = [
            "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:CreateGrant", "kms:Decrypt", "kms:DeleteAlias",
            "kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:Encrypt", "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias",
            "kms:UpdateKeyDescription",
          ]
          Resource  = "${local.arn.kms}:key/*"
          Condition = { StringEquals = { "aws:ResourceTag/environment" = environment } }
        },
        {
          Sid      = "AliasesOfTheEnvironment"
          Effect   = "Allow"
          Action   = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"]
          Resource = "${local.arn.kms}:alias/${name}*"
        },
        {
          Sid    = "Buckets"
          Effect = "Allow"
          Action = [
            "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObject", "s3:DeleteObjectVersion",
            "s3:ListBucket", "s3:ListBucketVersions", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy",
            "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutBucketVersioning",
            "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration", "s3:TagResource", "s3:UntagResource",
          ]
          Resource = "arn:${local.partition}:s3:::${local.short_names[environment]}-*"
        },
        {
          Sid    = "Parameters"
          Effect = "Allow"
          Action = [
            "ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter", "ssm:RemoveTagsFromResource",
          ]
          Resource = "${local.arn.ssm}:parameter/${var.service}/${environment}/*"
        },
      ]
    }
  }

  infra_state = {
    for environment in var.environments : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid       = "FindOwnStates"
          Effect    = "Allow"
          Action    = "s3:ListBucket"
          Resource  = local.state_bucket_arn
          Condition = { StringLike = { "s3:prefix" = "${environment}/*" } }
        },
        {
          Sid      = "ReadAndWriteOwnStates"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:PutObject"]
          Resource = "${local.state_bucket_arn}/${environment}/*"
        },
        {
          # Only locks are ever deleted: a state that is gone is an environment that can't be changed any more.
          Sid      = "ReleaseLocks"
          Effect   = "Allow"
          Action   = "s3:DeleteObject"
          Resource = "${local.state_bucket_arn}/${environment}/*.tflock"
        },
        {
          Sid      = "UseTheKeyOfStates"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = aws_kms_key.this["state"].arn
        },
      ]
    }
  }
}
