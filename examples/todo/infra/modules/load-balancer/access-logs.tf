data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  # Names of buckets are shared by all of AWS: the account makes this one ours.
  log_bucket_name = "${local.short_name}-lb-logs-${local.account_id}"
  log_bucket_arn  = "arn:${local.partition}:s3:::${local.log_bucket_name}"

  log_bucket_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "BalancersOfThisAccountWrite"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.log_bucket_arn}/AWSLogs/${local.account_id}/*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${local.partition}:elasticloadbalancing:${data.aws_region.current.region}:${local.account_id}:loadbalancer/*"
          }
        }
      },
      {
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.log_bucket_arn, "${local.log_bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  }
}

resource "aws_s3_bucket" "access_logs" {
  # checkov:skip=CKV_AWS_18:It holds a log of requests; one of the requests for that log would have no end.
  # checkov:skip=CKV_AWS_21:Balancers only add objects, and no role of the service may delete them.
  # checkov:skip=CKV_AWS_144:These are copies of what the service logs, too.
  # checkov:skip=CKV_AWS_145:Balancers can't write to a bucket that is encrypted with a key of ours.
  # checkov:skip=CKV2_AWS_62:Nothing waits for these logs: people query them.
  bucket = local.log_bucket_name

  # What may be destroyed is destroyed without emptying a bucket by hand first.
  force_destroy = !var.deletion_protection
}

resource "aws_s3_bucket_server_side_encryption_configuration" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  rule {
    apply_server_side_encryption_by_default {
      # Balancers can't write to a bucket that is encrypted with a KMS key: S3's own keys are all that AWS supports here.
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = var.access_log_retention_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

resource "aws_s3_bucket_policy" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id
  policy = jsonencode(local.log_bucket_policy)

  # Both change what policies are accepted; S3 refuses changes to one bucket at the same time.
  depends_on = [aws_s3_bucket_public_access_block.access_logs, aws_s3_bucket_ownership_controls.access_logs]
}
