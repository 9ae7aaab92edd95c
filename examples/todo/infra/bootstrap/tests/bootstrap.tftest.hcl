mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:111122223333:key/0000", key_id = "0000" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111122223333:policy/github/policy" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/github/role" }
  }
}

variables {
  service              = "todo"
  region               = "eu-central-1"
  github_owner         = "acme"
  github_owner_id      = "1001"
  github_repository    = "todo"
  github_repository_id = "2002"
}

run "the_state_is_kept_safe" {
  command   = apply
  state_key = "bootstrap"

  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "The state must have versions to go back to."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.state.block_public_acls,
      aws_s3_bucket_public_access_block.state.block_public_policy,
      aws_s3_bucket_public_access_block.state.ignore_public_acls,
      aws_s3_bucket_public_access_block.state.restrict_public_buckets,
      aws_s3_bucket_ownership_controls.state.rule[0].object_ownership == "BucketOwnerEnforced",
    ])
    error_message = "The state must not be public in any way."
  }
  assert {
    condition = one([
      for rule in aws_s3_bucket_server_side_encryption_configuration.state.rule : rule.apply_server_side_encryption_by_default[0]
    ]).kms_master_key_id == aws_kms_key.this["state"].arn
    error_message = "The state must be encrypted with its own key."
  }
  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.enable_key_rotation && key.deletion_window_in_days == 30])
    error_message = "The keys must rotate, and a deletion must be cancellable for 30 days."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement : statement.Effect == "Deny" && statement.Principal == "*"
    ])
    error_message = "The bucket's policy must only refuse: what is allowed is said by the roles."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement :
      try(statement.Condition.Bool["aws:SecureTransport"], "") == "false" && statement.Action == "s3:*"
    ])
    error_message = "Without TLS, everything must be refused."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement :
      try(statement.Condition.StringEquals["s3:x-amz-server-side-encryption"], "") == "AES256"
      ]) && anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement :
      try(statement.Condition.StringNotEquals["s3:x-amz-server-side-encryption-aws-kms-key-id"], "") == aws_kms_key.this["state"].arn
    ])
    error_message = "A state that is encrypted with another key must be refused."
  }
  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.state.rule : try(rule.expiration[0].days, 0) == 0 || rule.expiration[0].days == null
    ])
    error_message = "The current state must never expire."
  }
}

run "outputs_say_what_comes_next" {
  command   = apply
  state_key = "bootstrap"

  assert {
    condition     = strcontains(output.backend_config, "bucket     = \"todo-state-111122223333\"") && strcontains(output.backend_config, "kms_key_id = \"${aws_kms_key.this["state"].arn}\"")
    error_message = "The other roots find the state by this."
  }
  assert {
    condition = output.release_history_paths == {
      staging    = "/todo/staging/releases"
      production = "/todo/production/releases"
    }
    error_message = "The releases of each environment have their own path."
  }
  assert {
    condition = (
      toset(keys(output.deploy_role_arns)) == toset(["staging", "production"])
      && toset(keys(output.infra_role_arns)) == toset(["staging", "production"])
      && toset(keys(output.permissions_boundary_arns)) == toset(["staging", "production"])
      && output.plan_role_arn == aws_iam_role.plan.arn
      && output.repository_name == "todo"
      && output.repository_url == module.registry.repository_url
      && output.repository_arn == module.registry.repository_arn
      && output.state_bucket == "todo-state-111122223333"
    )
    error_message = "Each environment must have its roles."
  }
}

# `prevent_destroy` also stops a test from cleaning up, so the last run takes the resources out of the configuration.
run "nothing_is_left" {
  command   = apply
  state_key = "bootstrap"

  module {
    source = "./tests/nothing"
  }
}

run "an_account_has_one_github_provider" {
  command = plan
  variables {
    create_github_oidc_provider = false
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "Where another service made the provider, none may be made."
  }
  assert {
    condition     = jsondecode(aws_iam_role.plan.assume_role_policy).Statement[0].Principal.Federated == "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    error_message = "The roles must trust the account's provider all the same."
  }
}
