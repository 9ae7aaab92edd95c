locals {
  infra_operations = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "LogGroups"
          Effect = "Allow"
          Action = [
            "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteMetricFilter",
            "logs:DeleteRetentionPolicy", "logs:DisassociateKmsKey", "logs:PutMetricFilter", "logs:PutRetentionPolicy",
            "logs:TagResource", "logs:UntagResource",
          ]
          Resource = [
            "${local.arn.logs}:log-group:/${name}/*",
            "${local.arn.logs}:log-group:/aws/*/${name}*",
            "${local.arn.logs}:log-group:aws-waf-logs-${name}*",
          ]
        },
        {
          Sid    = "LogCallsOnNoResource"
          Effect = "Allow"
          Action = [
            # The last five are what turning on the log of a firewall needs.
            "logs:DeleteQueryDefinition", "logs:PutQueryDefinition",
            "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:GetLogDelivery", "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
          ]
          # AWS has no resource-level permission for these calls.
          Resource = "*"
        },
        {
          Sid    = "AlarmsAndDashboards"
          Effect = "Allow"
          Action = [
            "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutCompositeAlarm",
            "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource",
            "cloudwatch:UntagResource",
          ]
          Resource = [
            "${local.arn.cloudwatch}:alarm:${name}*",
            "arn:${local.partition}:cloudwatch::${local.account_id}:dashboard/${name}*",
          ]
        },
        {
          # What target tracking puts there, in the name of the caller.
          Sid      = "AlarmsOfAutoscaling"
          Effect   = "Allow"
          Action   = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"]
          Resource = "${local.arn.cloudwatch}:alarm:TargetTracking-service/${name}/*"
        },
        {
          Sid    = "Topics"
          Effect = "Allow"
          Action = [
            "sns:CreateTopic", "sns:DeleteTopic", "sns:SetSubscriptionAttributes", "sns:SetTopicAttributes",
            "sns:Subscribe", "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource",
          ]
          Resource = "${local.arn.sns}:${name}*"
        },
        {
          Sid      = "Budgets"
          Effect   = "Allow"
          Action   = ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"]
          Resource = "arn:${local.partition}:budgets::${local.account_id}:budget/${name}*"
        },
      ]
    }
  }

  # Where environments share an account, identifiers don't tell them apart, but the tag that all modules' resources
  # get does. AWS knows the tags of most resources, not of all: an account per environment is the stronger wall.
  infra_guard = {
    for environment in var.environments : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "NothingOfOtherEnvironments"
          Effect   = "Deny"
          Action   = "*"
          Resource = "*"
          Condition = {
            StringEquals = {
              # A name that can't be one keeps the statement valid where there is no other environment.
              "aws:ResourceTag/environment" = concat(["-"], [for other in var.environments : other if other != environment])
            }
          }
        },
        {
          Sid      = "TheBoundaryStays"
          Effect   = "Deny"
          Action   = "iam:DeleteRolePermissionsBoundary"
          Resource = "*"
        },
      ]
    }
  }

  infra_topics = merge(
    {
      read       = { for environment in var.environments : environment => local.read_policy }
      read-named = local.read_named_policies
      state      = local.infra_state
      network    = local.infra_network
      service    = local.infra_service
      data       = local.infra_data
      operations = local.infra_operations
      signals    = local.infra_signals
      guard      = local.infra_guard
    },
    # A statement without a resource isn't valid.
    { for topic, documents in { records = local.infra_records } : topic => documents if length(var.hosted_zone_ids) > 0 },
  )

  infra_policies = merge([
    for topic, documents in local.infra_topics : {
      for environment, document in documents :
      "${environment}/${topic}" => { environment = environment, topic = topic, document = document }
    }
  ]...)
}
