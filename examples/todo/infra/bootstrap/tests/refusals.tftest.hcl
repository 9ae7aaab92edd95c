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
}

variables {
  service              = "todo"
  region               = "eu-central-1"
  github_owner         = "acme"
  github_owner_id      = "1001"
  github_repository    = "todo"
  github_repository_id = "2002"
}

run "refuses_a_wrong_service" {
  command = plan
  variables {
    service = "Todo"
  }
  expect_failures = [var.service]
}

run "refuses_a_zone_as_region" {
  command = plan
  variables {
    region = "eu-central-1a"
  }
  expect_failures = [var.region]
}

run "refuses_no_environment" {
  command = plan
  variables {
    environments = []
  }
  expect_failures = [var.environments]
}

run "refuses_a_wrong_environment" {
  command = plan
  variables {
    environments = ["Production"]
  }
  expect_failures = [var.environments]
}

run "refuses_too_many_environments" {
  command = plan
  variables {
    environments = ["e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9"]
  }
  expect_failures = [var.environments]
}

run "refuses_an_environment_named_like_what_is_shared" {
  command = plan
  variables {
    environments = ["shared"]
  }
  expect_failures = [var.environments]
}

run "refuses_an_owner_with_repository" {
  command = plan
  variables {
    github_owner = "acme/todo"
  }
  expect_failures = [var.github_owner]
}

run "refuses_an_owner_id_that_is_a_name" {
  command = plan
  variables {
    github_owner_id = "acme"
  }
  expect_failures = [var.github_owner_id]
}

run "refuses_any_repository" {
  command = plan
  variables {
    github_repository = "*"
  }
  expect_failures = [var.github_repository]
}

run "refuses_a_repository_id_that_is_a_name" {
  command = plan
  variables {
    github_repository_id = "todo"
  }
  expect_failures = [var.github_repository_id]
}

run "refuses_a_domain_as_zone" {
  command = plan
  variables {
    hosted_zone_ids = ["example.com"]
  }
  expect_failures = [var.hosted_zone_ids]
}
