provider "aws" {
  region = var.region

  default_tags {
    tags = {
      service     = var.service
      environment = "shared"
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  # `<service>-<environment>`: what the modules get as `name`, and the prefix of all that an environment owns.
  names = { for environment in var.environments : environment => "${var.service}-${environment}" }

  # Cut like the module load-balancer cuts it.
  short_names = {
    for environment, name in local.names : environment =>
    length(name) <= 32 ? name : "${trimsuffix(substr(name, 0, 23), "-")}-${substr(sha1(name), 0, 8)}"
  }

  # `arn:<partition>:<service>:<region>:<account>`, written once.
  arn = {
    for service in [
      "acm", "application-autoscaling", "aps", "cloudwatch", "ec2", "ecr", "ecs", "elasticloadbalancing",
      "elasticfilesystem", "grafana", "kms", "logs", "rds", "rds-db", "secretsmanager", "servicediscovery", "sns", "ssm",
      "wafv2",
    ] : service => "arn:${local.partition}:${service}:${var.region}:${local.account_id}"
  }
  iam_arn = "arn:${local.partition}:iam::${local.account_id}"
}

# One repository for all environments: production runs the very image that staging tested.
module "registry" {
  source = "../modules/registry"

  name        = var.service
  kms_key_arn = aws_kms_key.this["images"].arn
}
