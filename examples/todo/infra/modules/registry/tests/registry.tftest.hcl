mock_provider "aws" {
  mock_resource "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:eu-central-1:111122223333:repository/todo"
      repository_url = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/todo"
    }
  }
}

variables {
  name        = "todo"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0000"
}

run "tags_stay_and_images_are_scanned" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE"
    error_message = "A tag must not be moved to another image."
  }
  assert {
    condition     = aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "Images must be scanned when pushed."
  }
  assert {
    condition     = aws_ecr_repository.this.encryption_configuration[0].kms_key == var.kms_key_arn
    error_message = "Images must be encrypted with the given key."
  }
  assert {
    condition     = !aws_ecr_repository.this.force_delete
    error_message = "A repository with images must not be deleted."
  }
}

# ECR lets the first rule (by priority) whose tags match judge an image. Each image here is a list of its tags.
run "no_rule_expires_a_release" {
  command = plan

  assert {
    condition = alltrue([
      for tags in [["release-1"], ["build-1", "release-1"], ["release-1", "build-1", "other"]] :
      [
        for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.selection.countNumber
        if rule.selection.tagStatus == "tagged" && alltrue([
          for prefix in try(rule.selection.tagPrefixList, []) : anytrue([for tag in tags : startswith(tag, prefix)])
        ])
      ][0] >= 100000
    ])
    error_message = "The first rule that a released image matches must be the one that never expires anything."
  }
  assert {
    condition     = !strcontains(aws_ecr_lifecycle_policy.this.policy, "\"any\"")
    error_message = "No rule may select images whatever their tags."
  }
  assert {
    condition = tolist([
      for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.rulePriority
    ]) == tolist([1, 2, 3])
    error_message = "The rules must stand in the order of their priority: AWS sorts them, and a plan would differ for ever."
  }
}

run "builds_and_untagged_images_expire" {
  command = plan
  variables {
    kept_images             = 20
    untagged_retention_days = 7
  }

  assert {
    condition = one([
      for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.selection.countNumber
      if contains(try(rule.selection.tagPrefixList, []), "build-")
    ]) == 20
    error_message = "As many builds must stay as kept_images says."
  }
  assert {
    condition = one([
      for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.selection.countNumber
      if rule.selection.tagStatus == "untagged" && try(rule.selection.countUnit, "") == "days"
    ]) == 7
    error_message = "Untagged images must go after untagged_retention_days."
  }
}

run "outputs" {
  command = apply

  assert {
    condition = (
      output.repository_url == aws_ecr_repository.this.repository_url
      && output.repository_arn == aws_ecr_repository.this.arn
      && output.repository_name == "todo"
    )
    error_message = "The outputs must be those of the repository."
  }
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    name = "Todo/API"
  }
  expect_failures = [var.name]
}

run "refuses_an_alias" {
  command = plan
  variables {
    kms_key_arn = "alias/aws/ecr"
  }
  expect_failures = [var.kms_key_arn]
}

run "refuses_to_expire_at_once" {
  command = plan
  variables {
    untagged_retention_days = 0
  }
  expect_failures = [var.untagged_retention_days]
}

run "refuses_to_keep_too_few" {
  command = plan
  variables {
    kept_images = 5
  }
  expect_failures = [var.kept_images]
}
