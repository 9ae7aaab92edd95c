# What is not in S3 yet, and how far the collector has read: a new task goes on where the one before it stopped.

locals {
  # A user without rights, who owns these files and nothing else.
  owner = 10001
}

resource "aws_efs_file_system" "this" {
  # checkov:skip=CKV2_AWS_18:What is here is a buffer of minutes; without it, the collector reads CloudWatch from where it is now.
  encrypted       = true
  kms_key_id      = var.kms_key_arn
  throughput_mode = "elastic"

  tags = { Name = local.part_name }
}

resource "aws_efs_file_system_policy" "this" {
  file_system_id = aws_efs_file_system.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TheTaskWrites"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.this["task"].arn }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource  = aws_efs_file_system.this.arn
        Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.this.arn } }
      },
      {
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "elasticfilesystem:Client*"
        Resource  = aws_efs_file_system.this.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_efs_access_point" "this" {
  file_system_id = aws_efs_file_system.this.id

  posix_user {
    uid = local.owner
    gid = local.owner
  }

  root_directory {
    path = "/observability"

    creation_info {
      owner_uid   = local.owner
      owner_gid   = local.owner
      permissions = "0750"
    }
  }

  tags = { Name = local.part_name }
}

resource "aws_efs_mount_target" "this" {
  # Counted and not named: the ids of subnets are only known once they are made.
  count = length(var.private_subnet_ids)

  file_system_id  = aws_efs_file_system.this.id
  subnet_id       = var.private_subnet_ids[count.index]
  security_groups = [aws_security_group.files.id]
}
