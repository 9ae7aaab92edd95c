locals {
  # Roles that modules hand to services of AWS, as they name them.
  passed_role_names = concat(local.task_role_names, [
    "flow-logs", "monitoring", "signals-execution", "signals-grafana", "signals-task",
  ])

  infra_service = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "Cluster"
          Effect = "Allow"
          Action = [
            "ecs:CreateCluster", "ecs:CreateService", "ecs:DeleteCluster", "ecs:DeleteService",
            "ecs:DescribeServiceDeployments", "ecs:ListServiceDeployments", "ecs:PutClusterCapacityProviders",
            "ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster", "ecs:UpdateClusterSettings",
            "ecs:UpdateService",
          ]
          Resource = [
            "${local.arn.ecs}:cluster/${name}",
            "${local.arn.ecs}:service/${name}/*",
            "${local.arn.ecs}:service-deployment/${name}/*",
            "${local.arn.ecs}:task-definition/${name}*:*",
          ]
        },
        {
          Sid    = "ServiceCallsOnNoResource"
          Effect = "Allow"
          Action = ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition"]
          # AWS has no resource-level permission for the first, and its guides grant the second on all. What a revision
          # can do is what its roles can do, and PassRole names those.
          Resource = "*"
        },
        {
          Sid    = "Autoscaling"
          Effect = "Allow"
          Action = [
            "application-autoscaling:DeleteScalingPolicy", "application-autoscaling:DeregisterScalableTarget",
            "application-autoscaling:PutScalingPolicy", "application-autoscaling:RegisterScalableTarget",
            "application-autoscaling:TagResource", "application-autoscaling:UntagResource",
          ]
          Resource = "${local.arn["application-autoscaling"]}:scalable-target/*"
        },
        {
          # Each of these only where the role has, or gets, the boundary.
          Sid    = "RolesWithinTheBoundary"
          Effect = "Allow"
          Action = [
            "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
          ]
          Resource  = "${local.iam_arn}:role/${name}-*"
          Condition = { StringEquals = { "iam:PermissionsBoundary" = "${local.iam_arn}:policy/github/${name}-boundary" } }
        },
        {
          Sid    = "RolesAndPolicies"
          Effect = "Allow"
          Action = [
            "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion",
            "iam:DeleteRole", "iam:TagPolicy", "iam:TagRole", "iam:UntagPolicy", "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
          ]
          Resource = ["${local.iam_arn}:policy/${name}-*", "${local.iam_arn}:role/${name}-*"]
        },
        {
          Sid      = "PassRolesOfTheEnvironment"
          Effect   = "Allow"
          Action   = "iam:PassRole"
          Resource = [for role in local.passed_role_names : "${local.iam_arn}:role/${name}-${role}"]
          Condition = {
            StringEquals = {
              "iam:PassedToService" = [
                "ecs-tasks.amazonaws.com", "grafana.amazonaws.com", "monitoring.rds.amazonaws.com",
                "vpc-flow-logs.amazonaws.com",
              ]
            }
          }
        },
      ]
    }
  }
}
