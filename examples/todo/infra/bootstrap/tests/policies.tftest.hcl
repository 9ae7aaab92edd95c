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
  hosted_zone_ids      = ["Z0123456789ABC"]
}

run "no_wildcard_is_allowed" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for policy in merge(
        { for key, policy in aws_iam_policy.deploy : "deploy/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.infra : "infra/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.plan : "plan/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.boundary : "boundary/${key}" => policy.policy },
        ) : [
        for statement in jsondecode(policy).Statement : [
          for action in flatten([statement.Action]) : !strcontains(action, "*") if statement.Effect == "Allow"
        ]
      ]
    ]))
    error_message = "Actions must be named in full."
  }
  assert {
    condition = toset(flatten([
      for policy in merge(
        { for key, policy in aws_iam_policy.deploy : "deploy/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.infra : "infra/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.plan : "plan/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.boundary : "boundary/${key}" => policy.policy },
        ) : [
        for statement in jsondecode(policy).Statement : statement.Sid
        if statement.Effect == "Allow" && contains(flatten([statement.Resource]), "*")
      ]
      ])) == toset([
      "CallsOnNoResource", "FindTasks", "LogCallsOnNoResource", "MakeKeys", "MakeNames", "MakeWorkspaces",
      "NetworkCallsOnNoResource", "ServiceCallsOnNoResource", "SignIn",
    ])
    error_message = "All resources may be named only where AWS has no resource-level permission."
  }
  assert {
    condition = alltrue(flatten([
      for policy in merge(
        { for key, policy in aws_iam_policy.deploy : "deploy/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.infra : "infra/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.plan : "plan/${key}" => policy.policy },
        { for key, policy in aws_iam_policy.boundary : "boundary/${key}" => policy.policy },
        ) : [
        for statement in jsondecode(policy).Statement : can(statement.NotAction) || can(statement.NotResource) ? false : true
      ]
    ]))
    error_message = "What is allowed must be listed, not what isn't."
  }
}

run "roles_are_passed_to_named_services" {
  command = plan

  assert {
    condition = alltrue([
      for environment, policy in aws_iam_policy.deploy : alltrue([
        for statement in jsondecode(policy.policy).Statement :
        statement.Condition.StringEquals["iam:PassedToService"] == "ecs-tasks.amazonaws.com"
        && alltrue([for arn in statement.Resource : can(regex("^arn:aws:iam::111122223333:role/todo-${environment}-[a-z-]+$", arn))])
        if contains(flatten([statement.Action]), "iam:PassRole")
      ])
    ])
    error_message = "A release may pass the roles of the environment's tasks, named in full, to ECS."
  }
  assert {
    condition = alltrue([
      for key, policy in aws_iam_policy.infra : alltrue([
        for statement in jsondecode(policy.policy).Statement :
        length(statement.Condition.StringEquals["iam:PassedToService"]) == 4
        && alltrue([for arn in statement.Resource : can(regex("^arn:aws:iam::111122223333:role/todo-${split("/", key)[0]}-[a-z-]+$", arn))])
        if contains(flatten([statement.Action]), "iam:PassRole")
      ])
    ])
    error_message = "Terraform may pass roles of its own environment to the four services that use some."
  }
}

run "a_release_touches_its_own_environment" {
  command = plan

  assert {
    condition     = !strcontains(aws_iam_policy.deploy["staging"].policy, "production") && !strcontains(aws_iam_policy.deploy["production"].policy, "staging")
    error_message = "The deploy role of one environment must not name another."
  }
  assert {
    condition = contains(flatten([
      for statement in jsondecode(aws_iam_policy.deploy["staging"].policy).Statement : statement.Resource
      if contains(flatten([statement.Action]), "ecs:UpdateService")
    ]), "arn:aws:ecs:eu-central-1:111122223333:service/todo-staging/todo-staging")
    error_message = "A release must be able to update the service."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_iam_policy.deploy["staging"].policy).Statement : statement.Resource
      if contains(flatten([statement.Action]), "ecs:RunTask")
    ] == ["arn:aws:ecs:eu-central-1:111122223333:task-definition/todo-staging-migration:*"]
    error_message = "The only task that a release runs by itself is the migration."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_iam_policy.deploy["staging"].policy).Statement : statement.Resource
      if contains(flatten([statement.Action]), "rds:CreateDBSnapshot")
      ] == [[
        "arn:aws:rds:eu-central-1:111122223333:db:todo-staging",
        "arn:aws:rds:eu-central-1:111122223333:snapshot:todo-staging-release-*",
    ]]
    error_message = "A release may copy the database of its environment, under names of its own."
  }
}

run "the_plan_role_writes_nothing" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for policy in aws_iam_policy.plan : [
        for statement in jsondecode(policy.policy).Statement : [
          for action in flatten([statement.Action]) :
          can(regex("^[a-z0-9-]+:(Describe|Get|List|View)", action)) || action == "kms:Decrypt"
        ]
      ]
    ]))
    error_message = "A pull request may only read."
  }
  assert {
    condition = alltrue(flatten([
      for policy in concat(values(aws_iam_policy.plan), values(aws_iam_policy.infra)) : [
        for statement in jsondecode(policy.policy).Statement : [
          for action in flatten([statement.Action]) : !contains([
            "secretsmanager:GetSecretValue", "logs:GetLogEvents", "logs:FilterLogEvents", "logs:StartQuery",
          ], action)
        ]
      ]
    ]))
    error_message = "Terraform must not read secrets or what users did."
  }
}

run "terraform_cannot_widen_its_own_rights" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for key, policy in aws_iam_policy.infra : [
        for statement in jsondecode(policy.policy).Statement : [
          for arn in flatten([statement.Resource]) :
          startswith(arn, "arn:aws:iam::111122223333:role/todo-${split("/", key)[0]}-")
          || startswith(arn, "arn:aws:iam::111122223333:policy/todo-${split("/", key)[0]}-")
          || arn == "arn:aws:iam::111122223333:role/aws-service-role/*"
        ]
        if statement.Effect == "Allow" && anytrue([
          for action in flatten([statement.Action]) : can(regex("^iam:(Add|Attach|Create|Delete|Detach|Pass|Put|Set|Tag|Untag|Update)", action))
        ])
      ]
    ]))
    error_message = "Roles and policies under /github/ must be out of reach."
  }
  assert {
    condition = alltrue(flatten([
      for key, policy in aws_iam_policy.infra : [
        for statement in jsondecode(policy.policy).Statement :
        try(statement.Condition.StringEquals["iam:PermissionsBoundary"], "") == "arn:aws:iam::111122223333:policy/github/todo-${split("/", key)[0]}-boundary"
        if statement.Effect == "Allow" && length(setintersection(flatten([statement.Action]), [
          "iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
        ])) > 0
      ]
    ]))
    error_message = "Roles must be made with the boundary, and given rights only while they have it."
  }
  assert {
    condition = alltrue([
      for policy in aws_iam_policy.boundary : alltrue(flatten([
        for statement in jsondecode(policy.policy).Statement : [
          for action in flatten([statement.Action]) : !startswith(action, "iam:") && !startswith(action, "sts:")
        ]
      ]))
    ])
    error_message = "No role of an environment may ever change roles or take others."
  }
  assert {
    condition = alltrue([
      for environment in ["staging", "production"] :
      "${aws_iam_policy.boundary[environment].path}${aws_iam_policy.boundary[environment].name}" == "/github/todo-${environment}-boundary"
      && aws_iam_role.infra[environment].path == "/github/" && aws_iam_role.deploy[environment].path == "/github/"
    ])
    error_message = "What the pipelines may do must be kept under /github/."
  }
}

run "environments_are_kept_apart" {
  command = plan

  assert {
    condition = alltrue([
      for environment, other in { staging = "production", production = "staging" } : anytrue([
        for statement in jsondecode(aws_iam_policy.infra["${environment}/guard"].policy).Statement :
        statement.Effect == "Deny" && statement.Action == "*" && contains(try(statement.Condition.StringEquals["aws:ResourceTag/environment"], []), other)
      ])
    ])
    error_message = "What is tagged as another environment's must be refused."
  }
  assert {
    condition = alltrue(flatten([
      for environment in ["staging", "production"] : [
        for statement in jsondecode(aws_iam_policy.infra["${environment}/state"].policy).Statement : [
          for arn in flatten([statement.Resource]) : startswith(arn, "arn:aws:s3:::todo-state-111122223333/${environment}/")
          if startswith(arn, "arn:aws:s3:::todo-state-111122223333/")
        ]
      ]
    ]))
    error_message = "Each infra role must reach its own states only."
  }
  assert {
    condition = alltrue(flatten([
      for environment in ["staging", "production"] : [
        for statement in jsondecode(aws_iam_policy.infra["${environment}/state"].policy).Statement :
        statement.Resource == "arn:aws:s3:::todo-state-111122223333/${environment}/*.tflock"
        if contains(flatten([statement.Action]), "s3:DeleteObject")
      ]
    ]))
    error_message = "Nothing but locks may be deleted from the states."
  }
  assert {
    condition = !anytrue(flatten([
      for key, policy in aws_iam_policy.infra : [
        for statement in jsondecode(policy.policy).Statement : [
          for arn in flatten([statement.Resource]) : startswith("arn:aws:s3:::todo-state-111122223333", trimsuffix(arn, "*"))
          if statement.Effect == "Allow" && arn != "*"
        ] if endswith(key, "/data")
      ]
    ]))
    error_message = "The rights over the environment's buckets must not reach the bucket of the states."
  }
}

run "policies_fit_even_with_long_names" {
  command = plan
  variables {
    service         = "a-service-with-a-name-as-long-as-allowed"
    environments    = ["production", "preproduct"]
    hosted_zone_ids = ["Z0123456789ABCDEFGHIJK", "Z0123456789ABCDEFGHIJL"]
  }

  assert {
    condition = alltrue([
      for policy in concat(
        values(aws_iam_policy.boundary), values(aws_iam_policy.deploy), values(aws_iam_policy.infra), values(aws_iam_policy.plan),
      ) : length(policy.policy) <= 6144 && length(policy.name) <= 128
    ])
    error_message = "A policy may have 6144 characters. These have more: ${join(", ", [
      for policy in concat(
        values(aws_iam_policy.boundary), values(aws_iam_policy.deploy), values(aws_iam_policy.infra), values(aws_iam_policy.plan),
      ) : "${policy.name} ${length(policy.policy)}" if length(policy.policy) > 6144
    ])}."
  }
  assert {
    condition = alltrue([
      for environment in var.environments : length([for key, policy in aws_iam_role_policy_attachment.infra : key if startswith(key, "${environment}/")]) <= 10
    ]) && length(aws_iam_role_policy_attachment.plan) <= 10
    error_message = "A role takes ten policies."
  }
  assert {
    condition = alltrue([
      for role in concat(values(aws_iam_role.deploy), values(aws_iam_role.infra), [aws_iam_role.plan]) : length(role.name) <= 64
    ]) && length(aws_s3_bucket.state.bucket) <= 63
    error_message = "Names must keep the limits of AWS."
  }
}

run "one_environment_is_enough" {
  command = plan
  variables {
    environments    = ["production"]
    hosted_zone_ids = []
  }

  assert {
    condition     = length(aws_iam_role.deploy) == 1 && !contains(keys(aws_iam_policy.infra), "production/records")
    error_message = "There must be one set of roles, without rights over records that nobody named."
  }
}
