mock_provider "aws" {
  # Policies that name what AWS would choose are then known in a plan.
  override_during = plan

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
}

variables {
  service              = "todo"
  region               = "eu-central-1"
  github_owner         = "acme"
  github_owner_id      = "1001"
  github_repository    = "todo"
  github_repository_id = "2002"

  # What GitHub says of a job, and the roles that the job may take.
  tokens = {
    staging_classic = {
      claims = { sub = "repo:acme/todo:environment:staging", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = ["deploy/staging", "infra/staging"]
    }
    staging_ids = {
      claims = { sub = "repo:acme@1001/todo@2002:environment:staging", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = ["deploy/staging", "infra/staging"]
    }
    production_classic = {
      claims = { sub = "repo:acme/todo:environment:production", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = ["deploy/production", "infra/production"]
    }
    production_ids = {
      claims = { sub = "repo:acme@1001/todo@2002:environment:production", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = ["deploy/production", "infra/production"]
    }
    pull_request_classic = {
      claims = { sub = "repo:acme/todo:pull_request", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = ["plan"]
    }
    pull_request_ids = {
      claims = { sub = "repo:acme@1001/todo@2002:pull_request", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = ["plan"]
    }
    another_environment = {
      claims = { sub = "repo:acme/todo:environment:preview", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    another_environment_ids = {
      claims = { sub = "repo:acme@1001/todo@2002:environment:preview", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    environment_that_starts_alike = {
      claims = { sub = "repo:acme@1001/todo@2002:environment:production2", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    environment_in_another_case = {
      claims = { sub = "repo:acme@1001/todo@2002:environment:Production", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    main_branch = {
      claims = { sub = "repo:acme/todo:ref:refs/heads/main", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    main_branch_ids = {
      claims = { sub = "repo:acme@1001/todo@2002:ref:refs/heads/main", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    branch_named_like_an_environment = {
      claims = { sub = "repo:acme@1001/todo@2002:ref:refs/heads/environment:production", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    tag_ids = {
      claims = { sub = "repo:acme@1001/todo@2002:ref:refs/tags/v1.0.0", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    fork = {
      claims = { sub = "repo:stranger/todo:environment:production", aud = "sts.amazonaws.com", repository_id = "3003" }
      roles  = []
    }
    fork_ids = {
      claims = { sub = "repo:stranger@1002/todo@3003:environment:production", aud = "sts.amazonaws.com", repository_id = "3003" }
      roles  = []
    }
    pull_request_of_a_fork_run_there = {
      claims = { sub = "repo:stranger@1002/todo@3003:pull_request", aud = "sts.amazonaws.com", repository_id = "3003" }
      roles  = []
    }
    another_repository = {
      claims = { sub = "repo:acme/other:environment:production", aud = "sts.amazonaws.com", repository_id = "4004" }
      roles  = []
    }
    another_repository_ids = {
      claims = { sub = "repo:acme@1001/other@4004:environment:production", aud = "sts.amazonaws.com", repository_id = "4004" }
      roles  = []
    }
    owner_that_starts_alike = {
      claims = { sub = "repo:acme-evil/todo:environment:production", aud = "sts.amazonaws.com", repository_id = "5005" }
      roles  = []
    }
    name_taken_over = {
      claims = { sub = "repo:acme/todo:environment:production", aud = "sts.amazonaws.com", repository_id = "6006" }
      roles  = []
    }
    name_taken_over_ids = {
      claims = { sub = "repo:acme@1007/todo@6006:environment:production", aud = "sts.amazonaws.com", repository_id = "6006" }
      roles  = []
    }
    separator_of_the_announcement = {
      claims = { sub = "repo:acme-1001/todo-2002:environment:production", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    no_repository_id = {
      claims = { sub = "repo:acme/todo:environment:production", aud = "sts.amazonaws.com" }
      roles  = []
    }
    another_audience = {
      claims = { sub = "repo:acme@1001/todo@2002:environment:production", aud = "https://github.com/acme", repository_id = "2002" }
      roles  = []
    }
    wildcard = {
      claims = { sub = "repo:acme/*:environment:production", aud = "sts.amazonaws.com", repository_id = "2002" }
      roles  = []
    }
    nothing = {
      claims = { sub = "", aud = "", repository_id = "" }
      roles  = []
    }
  }
}

# Does what AWS does with StringEquals: each key must be in the token, and equal to one of the listed values.
run "each_job_gets_its_roles_and_no_other" {
  command = plan

  assert {
    condition = alltrue([
      for token in var.tokens : toset([
        for role, policy in merge(
          { for environment, role in aws_iam_role.deploy : "deploy/${environment}" => role.assume_role_policy },
          { for environment, role in aws_iam_role.infra : "infra/${environment}" => role.assume_role_policy },
          { plan = aws_iam_role.plan.assume_role_policy },
        ) : role
        if anytrue([
          for statement in jsondecode(policy).Statement : statement.Effect == "Allow" && alltrue([
            for key, wanted in statement.Condition.StringEquals :
            contains(flatten([wanted]), try(token.claims[trimprefix(key, "token.actions.githubusercontent.com:")], ""))
          ])
        ])
      ]) == toset(token.roles)
    ])
    error_message = "These jobs get other roles than they should: ${join(", ", [
      for name, token in var.tokens : name if toset([
        for role, policy in merge(
          { for environment, role in aws_iam_role.deploy : "deploy/${environment}" => role.assume_role_policy },
          { for environment, role in aws_iam_role.infra : "infra/${environment}" => role.assume_role_policy },
          { plan = aws_iam_role.plan.assume_role_policy },
        ) : role
        if anytrue([
          for statement in jsondecode(policy).Statement : statement.Effect == "Allow" && alltrue([
            for key, wanted in statement.Condition.StringEquals :
            contains(flatten([wanted]), try(token.claims[trimprefix(key, "token.actions.githubusercontent.com:")], ""))
          ])
        ])
      ]) != toset(token.roles)
    ])}."
  }
}

# The run above knows StringEquals only, so there must be nothing else.
run "trust_has_no_other_condition" {
  command = plan

  assert {
    condition = alltrue([
      for policy in concat(
        [for role in aws_iam_role.deploy : role.assume_role_policy],
        [for role in aws_iam_role.infra : role.assume_role_policy],
        [aws_iam_role.plan.assume_role_policy],
        ) : alltrue([
          for statement in jsondecode(policy).Statement :
          keys(statement.Condition) == ["StringEquals"]
          && toset(keys(statement.Condition.StringEquals)) == toset([
            "token.actions.githubusercontent.com:aud",
            "token.actions.githubusercontent.com:repository_id",
            "token.actions.githubusercontent.com:sub",
          ])
          && statement.Action == "sts:AssumeRoleWithWebIdentity"
          && keys(statement.Principal) == ["Federated"]
      ]) && !strcontains(policy, "*") && !strcontains(policy, "ForA")
    ])
    error_message = "Trust must be by equality of audience, subject and repository, without wildcards."
  }
}

run "a_job_may_keep_its_role_until_it_is_done" {
  command = plan

  assert {
    condition = alltrue([
      for role in concat(values(aws_iam_role.deploy), values(aws_iam_role.infra)) : role.max_session_duration == 14400
    ])
    error_message = "Releases and applies may take longer than an hour, and must be able to ask for four."
  }
  assert {
    condition     = coalesce(aws_iam_role.plan.max_session_duration, 3600) == 3600
    error_message = "The job of a pull request takes half an hour at most: its role must be gone after an hour."
  }
}
