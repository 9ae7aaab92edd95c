locals {
  github_host         = "token.actions.githubusercontent.com"
  github_provider_arn = "${local.iam_arn}:oidc-provider/${local.github_host}"

  # Repositories made, renamed or transferred since 15 July 2026 name themselves with ids. Older ones don't, until they
  # are renamed. Both forms are listed in full, for this one repository.
  github_repositories = [
    "repo:${var.github_owner}/${var.github_repository}",
    "repo:${var.github_owner}@${var.github_owner_id}/${var.github_repository}@${var.github_repository_id}",
  ]

  # What a job may ask for at most. It keeps what it was given at its start, and a release to production may take three
  # hours: a copy of the database, migrations, new tasks, a look at them, and the way back.
  github_session_seconds = 4 * 60 * 60

  # Whose jobs may take a role: jobs of one GitHub environment, or of pull requests.
  github_subjects = merge(
    { for environment in var.environments : environment => "environment:${environment}" },
    { plan = "pull_request" },
  )

  github_trust = {
    for key, subject in local.github_subjects : key => {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = local.github_provider_arn }
        Condition = {
          # Equals and never like: a wildcard here is how roles get taken by strangers. The id closes the gap that
          # a name leaves, which somebody else can take once this repository is renamed or deleted.
          StringEquals = {
            "${local.github_host}:aud"           = "sts.amazonaws.com"
            "${local.github_host}:sub"           = [for repository in local.github_repositories : "${repository}:${subject}"]
            "${local.github_host}:repository_id" = var.github_repository_id
          }
        }
      }]
    }
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  for_each = var.create_github_oidc_provider ? toset(["this"]) : toset([])

  url            = "https://${local.github_host}"
  client_id_list = ["sts.amazonaws.com"]
}

# All roles of the pipelines are under /github/. The infra roles may only touch roles named after their environment,
# which these, by their path, are not: no pipeline can widen its own rights.

# Releases the service to one environment, and rolls back.
resource "aws_iam_role" "deploy" {
  for_each = local.names

  name                 = "${each.value}-deploy"
  path                 = "/github/"
  description          = "GitHub jobs of the environment ${each.key} release ${var.service}"
  assume_role_policy   = jsonencode(local.github_trust[each.key])
  max_session_duration = local.github_session_seconds

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_policy" "deploy" {
  for_each = local.names

  name   = "${each.value}-deploy"
  path   = "/github/"
  policy = jsonencode(local.deploy_policies[each.key])
}

resource "aws_iam_role_policy_attachment" "deploy" {
  for_each = local.names

  role       = aws_iam_role.deploy[each.key].name
  policy_arn = aws_iam_policy.deploy[each.key].arn
}

# Applies Terraform to one environment.
resource "aws_iam_role" "infra" {
  for_each = local.names

  name                 = "${each.value}-infra"
  path                 = "/github/"
  description          = "GitHub jobs of the environment ${each.key} apply Terraform"
  assume_role_policy   = jsonencode(local.github_trust[each.key])
  max_session_duration = local.github_session_seconds

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_policy" "infra" {
  for_each = local.infra_policies

  name   = "${local.names[each.value.environment]}-infra-${each.value.topic}"
  path   = "/github/"
  policy = jsonencode(each.value.document)
}

resource "aws_iam_role_policy_attachment" "infra" {
  for_each = local.infra_policies

  role       = aws_iam_role.infra[each.value.environment].name
  policy_arn = aws_iam_policy.infra[each.key].arn
}

# Shows in a pull request what Terraform would do. It reads, and writes nothing: not even a lock.
resource "aws_iam_role" "plan" {
  name               = "${var.service}-plan"
  path               = "/github/"
  description        = "GitHub jobs of pull requests plan Terraform"
  assume_role_policy = jsonencode(local.github_trust["plan"])

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_policy" "plan" {
  for_each = local.plan_policies

  name   = "${var.service}-plan-${each.key}"
  path   = "/github/"
  policy = jsonencode(each.value)
}

resource "aws_iam_role_policy_attachment" "plan" {
  for_each = local.plan_policies

  role       = aws_iam_role.plan.name
  policy_arn = aws_iam_policy.plan[each.key].arn
}
