mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:111122223333:key/0000", key_id = "0000" }
  }
}

variables {
  name = "todo-staging"
}

run "rotates_and_can_be_saved" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key must rotate, and a deletion must be cancellable for 30 days."
  }
  assert {
    condition     = aws_kms_alias.this.name == "alias/todo-staging"
    error_message = "The alias must bear the name of the environment."
  }
}

run "policy_grants_only_this_account" {
  command = plan

  assert {
    condition = alltrue([
      for s in jsondecode(aws_kms_key.this.policy).Statement :
      can(s.Principal.AWS) ? s.Principal.AWS == "arn:aws:iam::111122223333:root" : strcontains(jsonencode(s.Condition), "111122223333")
    ])
    error_message = "Each statement must name the account, or be bound to it by a condition."
  }
  assert {
    condition     = !strcontains(aws_kms_key.this.policy, "kms:*") && !strcontains(aws_kms_key.this.policy, "\"AWS\":\"*\"")
    error_message = "No action and no principal may be a wildcard."
  }
  assert {
    condition = toset([
      for s in jsondecode(aws_kms_key.this.policy).Statement : s.Principal.Service if can(s.Principal.Service)
    ]) == toset(["logs.eu-central-1.amazonaws.com", "cloudwatch.amazonaws.com"])
    error_message = "Only CloudWatch Logs of this region and CloudWatch alarms may use the key on their own."
  }
}

run "outputs" {
  command = apply

  assert {
    condition     = output.key_arn == aws_kms_key.this.arn && output.key_id == aws_kms_key.this.key_id
    error_message = "The outputs must be those of the key."
  }
}

run "refuses_a_wrong_name" {
  command = plan
  variables {
    name = "Todo_Staging"
  }
  expect_failures = [var.name]
}
