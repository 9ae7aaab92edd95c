locals {
  # An image is judged by the first rule that its tags match, and no later one can expire it. So rule 1 shields a
  # release, also under its build-* tag. Its count is that of all images a repository can hold: it never expires one.
  lifecycle_rules = [
    {
      rulePriority = 1
      description  = "Released images stay: rollback needs them"
      selection    = { tagStatus = "tagged", tagPrefixList = ["release-"], countType = "imageCountMoreThan", countNumber = 100000 }
      action       = { type = "expire" }
    },
    {
      rulePriority = 2
      description  = "The newest ${var.kept_images} builds stay"
      selection    = { tagStatus = "tagged", tagPrefixList = ["build-"], countType = "imageCountMoreThan", countNumber = var.kept_images }
      action       = { type = "expire" }
    },
    {
      rulePriority = 3
      description  = "Images without a tag go after ${var.untagged_retention_days} days"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = var.untagged_retention_days }
      action       = { type = "expire" }
    },
  ]
}

resource "aws_ecr_repository" "this" {
  name = var.name

  # A tag names the same image for ever: what was tested under it is what runs, and rolling back means something.
  image_tag_mutability = "IMMUTABLE"

  # A repository with images in it isn't deleted, by nobody and nothing.
  force_delete = false

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy     = jsonencode({ rules = local.lifecycle_rules })
}
