locals {
  # What Terraform reads to compare: how things are set up, and neither secrets nor data. The infra roles read the same
  # of their one environment, the plan role of all.
  read_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CallsOnNoResource"
        Effect = "Allow"
        Action = [
          "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies",
          "ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute", "ec2:DescribeAvailabilityZones",
          "ec2:DescribeFlowLogs", "ec2:DescribeInternetGateways", "ec2:DescribeNatGateways",
          "ec2:DescribeNetworkAcls", "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists",
          "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcs",
          "ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions",
          "elasticfilesystem:DescribeAccessPoints", "elasticfilesystem:DescribeMountTargets",
          "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeListenerCertificates",
          "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes",
          "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetGroupAttributes",
          "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
          "kms:ListAliases", "logs:DescribeLogGroups", "logs:DescribeQueryDefinitions",
          "logs:DescribeResourcePolicies", "rds:DescribeDBEngineVersions",
          "rds:DescribeOrderableDBInstanceOptions", "route53:ListHostedZones", "ssm:DescribeParameters",
        ]
        # AWS has no resource-level permission for these calls.
        Resource = "*"
      },
      {
        # Names that AWS chooses, such as those of keys, can't be told apart: any of this account and region.
        Sid    = "WhatAwsNames"
        Effect = "Allow"
        Action = [
          "acm:DescribeCertificate", "acm:ListTagsForCertificate",
          "application-autoscaling:ListTagsForResource", "aps:DescribeLoggingConfiguration",
          "aps:DescribeWorkspace", "aps:ListTagsForResource",
          "cloudwatch:DescribeAlarms", "ec2:DescribeVpcAttribute",
          "elasticfilesystem:DescribeFileSystemPolicy", "elasticfilesystem:DescribeFileSystems",
          "elasticfilesystem:DescribeLifecycleConfiguration", "elasticfilesystem:DescribeMountTargetSecurityGroups",
          "elasticfilesystem:ListTagsForResource", "grafana:DescribeWorkspace",
          "grafana:DescribeWorkspaceConfiguration", "grafana:ListTagsForResource",
          "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags",
          "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy",
          "servicediscovery:GetNamespace", "servicediscovery:GetService", "servicediscovery:ListTagsForResource",
        ]
        Resource = [
          "${local.arn.acm}:certificate/*",
          "${local.arn["application-autoscaling"]}:scalable-target/*",
          "${local.arn.aps}:workspace/*",
          "${local.arn.cloudwatch}:alarm:*",
          "${local.arn.ec2}:vpc/*",
          "${local.arn.elasticfilesystem}:access-point/*",
          "${local.arn.elasticfilesystem}:file-system/*",
          "${local.arn.grafana}:/workspaces/*",
          "${local.arn.kms}:key/*",
          "${local.arn.secretsmanager}:secret:rds!*",
          "${local.arn.secretsmanager}:secret:${var.service}-*",
          "${local.arn.servicediscovery}:namespace/*",
          "${local.arn.servicediscovery}:service/*",
        ]
      },
      {
        Sid    = "Records"
        Effect = "Allow"
        Action = ["route53:GetChange", "route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"]
        Resource = concat(
          ["arn:${local.partition}:route53:::change/*"],
          [for id in var.hosted_zone_ids : "arn:${local.partition}:route53:::hostedzone/${id}"],
        )
      },
    ]
  }

  read_named_policies = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "WhatIsOurs"
          Effect = "Allow"
          Action = [
            "budgets:ListTagsForResource", "budgets:ViewBudget",
            "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource",
            "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListTagsForResource",
            "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:ListTagsForResource",
            "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
            "iam:ListInstanceProfilesForRole", "iam:ListPolicyVersions", "iam:ListRolePolicies", "iam:ListRoleTags",
            "logs:DescribeMetricFilters", "logs:ListTagsForResource",
            "rds:DescribeDBInstances", "rds:DescribeDBParameterGroups", "rds:DescribeDBParameters",
            "rds:DescribeDBSnapshots", "rds:DescribeDBSubnetGroups", "rds:DescribeEventSubscriptions",
            "rds:ListTagsForResource",
            "s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLocation",
            "s3:GetBucketLogging", "s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls",
            "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock", "s3:GetBucketRequestPayment", "s3:GetBucketTagging",
            "s3:GetBucketVersioning", "s3:GetBucketWebsite", "s3:GetEncryptionConfiguration",
            "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListTagsForResource",
            "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic",
            "sns:ListTagsForResource",
            "ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource",
            "wafv2:GetLoggingConfiguration", "wafv2:GetWebACL", "wafv2:GetWebACLForResource",
            "wafv2:ListTagsForResource",
          ]
          Resource = [
            "${local.arn.ecr}:repository/${var.service}",
            "arn:${local.partition}:budgets::${local.account_id}:budget/${name}*",
            "arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/${name}*",
            "${local.arn.cloudwatch}:alarm:${name}*",
            "${local.arn.ecs}:cluster/${name}",
            "${local.arn.ecs}:service/${name}/*",
            "${local.arn.ecs}:task-definition/${name}*:*",
            "${local.iam_arn}:policy/${name}-*",
            "${local.iam_arn}:role/${name}-*",
            "${local.arn.logs}:log-group:/${name}/*",
            "${local.arn.logs}:log-group:/aws/*/${name}*",
            "${local.arn.logs}:log-group:aws-waf-logs-${name}*",
            "${local.arn.rds}:db:${name}*",
            "${local.arn.rds}:es:${name}*",
            "${local.arn.rds}:pg:${name}*",
            "${local.arn.rds}:snapshot:${name}*",
            "${local.arn.rds}:subgrp:${name}*",
            "${local.arn.sns}:${name}*",
            "${local.arn.ssm}:parameter/${var.service}/${environment}/*",
            "${local.arn.wafv2}:regional/webacl/${name}*",
            "arn:${local.partition}:s3:::${local.short_names[environment]}-*",
            "${local.arn.elasticloadbalancing}:loadbalancer/app/${local.short_names[environment]}/*",
          ]
        },
      ]
    }
  }

  # A plan of a pull request runs with -lock=false: nothing here writes.
  plan_policies = merge(
    { for environment, document in local.read_named_policies : "read-${environment}" => document },
    { read = local.read_policy, state = local.plan_state },
  )

  plan_state = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "FindStates"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = local.state_bucket_arn
        Condition = { StringLike = { "s3:prefix" = [for environment in var.environments : "${environment}/*"] } }
      },
      {
        Sid      = "ReadStates"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = [for environment in var.environments : "${local.state_bucket_arn}/${environment}/*.tfstate"]
      },
      {
        Sid      = "DecryptStates"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.this["state"].arn
      },
    ]
  }
}
