locals {
  # Names of buckets are shared by all of AWS, and have 63 characters at most: the account makes this one ours.
  bucket_prefix = length(var.name) <= 32 ? var.name : "${trimsuffix(substr(var.name, 0, 23), "-")}-${substr(sha1(var.name), 0, 8)}"
  bucket_name   = "${local.bucket_prefix}-loki-${local.account_id}"
  bucket_arn    = "arn:${local.partition}:s3:::${local.bucket_name}"

  bucket_policy = {
    Version = "2012-10-17"
    Statement = [{
      Sid       = "NothingWithoutTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  }
}

# The lines and the index of Loki, which deletes what is older than the retention itself.
resource "aws_s3_bucket" "this" {
  # checkov:skip=CKV_AWS_18:One program writes and reads here; its requests are in its own metrics.
  # checkov:skip=CKV_AWS_21:Loki deletes what is old for good; versions would keep it.
  # checkov:skip=CKV_AWS_144:CloudWatch has these lines too.
  # checkov:skip=CKV2_AWS_61:Loki deletes what is older than its retention itself: rules of S3 would take what it still needs.
  # checkov:skip=CKV2_AWS_62:Nothing waits for these objects: Loki knows of them.
  bucket = local.bucket_name

  # CloudWatch has these lines too.
  force_destroy = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode(local.bucket_policy)

  # Both change what policies are accepted; S3 refuses changes to one bucket at the same time.
  depends_on = [aws_s3_bucket_public_access_block.this, aws_s3_bucket_ownership_controls.this]
}
