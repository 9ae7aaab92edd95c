locals {
  # Roles of tasks, as the module service names them: what a release may hand to ECS.
  task_role_names = ["task", "execution", "migration-task", "migration-execution"]

  deploy_policies = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "CallsOnNoResource"
          Effect = "Allow"
          Action = [
            "cloudwatch:GetMetricData",
            "ecr:GetAuthorizationToken",
            "ecs:DescribeTaskDefinition",
            "ecs:ListTaskDefinitions",
            # What a revision can do is what its roles can do, and PassRole below names those.
            "ecs:RegisterTaskDefinition",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
          ]
          # AWS has no resource-level permission for these calls. (It lists one for RegisterTaskDefinition; its guides
          # still grant it on all.)
          Resource = "*"
        },
        {
          Sid      = "PassTheRolesOfTasks"
          Effect   = "Allow"
          Action   = "iam:PassRole"
          Resource = [for role in local.task_role_names : "${local.iam_arn}:role/${name}-${role}"]
          Condition = {
            StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" }
          }
        },
        {
          Sid    = "ReleaseTheService"
          Effect = "Allow"
          Action = [
            "ecs:ContinueServiceDeployment", "ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions",
            "ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:StopServiceDeployment", "ecs:UpdateService",
          ]
          Resource = [
            "${local.arn.ecs}:service/${name}/${name}",
            "${local.arn.ecs}:service-deployment/${name}/${name}/*",
            "${local.arn.ecs}:service-revision/${name}/${name}/*",
          ]
        },
        {
          Sid       = "RunMigrations"
          Effect    = "Allow"
          Action    = "ecs:RunTask"
          Resource  = "${local.arn.ecs}:task-definition/${name}-migration:*"
          Condition = { ArnEquals = { "ecs:cluster" = "${local.arn.ecs}:cluster/${name}" } }
        },
        {
          Sid      = "FollowTasks"
          Effect   = "Allow"
          Action   = ["ecs:DescribeTasks", "ecs:StopTask"]
          Resource = "${local.arn.ecs}:task/${name}/*"
        },
        {
          Sid    = "FindTasks"
          Effect = "Allow"
          Action = "ecs:ListTasks"
          # On Fargate there is no container instance to name: the condition names the cluster.
          Resource  = "*"
          Condition = { ArnEquals = { "ecs:cluster" = "${local.arn.ecs}:cluster/${name}" } }
        },
        {
          Sid       = "TagWhatItMakes"
          Effect    = "Allow"
          Action    = "ecs:TagResource"
          Resource  = ["${local.arn.ecs}:task-definition/${name}*:*", "${local.arn.ecs}:task/${name}/*"]
          Condition = { StringEquals = { "ecs:CreateAction" = ["RegisterTaskDefinition", "RunTask"] } }
        },
        {
          Sid    = "PushAndPullImages"
          Effect = "Allow"
          Action = [
            "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
            "ecr:DescribeImageScanFindings", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:ListImages",
            "ecr:PutImage", "ecr:UploadLayerPart",
          ]
          Resource = "${local.arn.ecr}:repository/${var.service}"
        },
        {
          Sid    = "KeepTheReleaseHistory"
          Effect = "Allow"
          Action = [
            "ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath",
            "ssm:PutParameter",
          ]
          Resource = [
            "${local.arn.ssm}:parameter/${var.service}/${environment}",
            "${local.arn.ssm}:parameter/${var.service}/${environment}/*",
          ]
        },
        {
          Sid    = "CopyTheDatabase"
          Effect = "Allow"
          Action = ["rds:CreateDBSnapshot", "rds:DescribeDBSnapshots"]
          # The names of its copies; none of them can be deleted or shared by a release.
          Resource = ["${local.arn.rds}:db:${name}", "${local.arn.rds}:snapshot:${name}-release-*"]
        },
        {
          Sid      = "ReadWhatTasksLog"
          Effect   = "Allow"
          Action   = ["logs:FilterLogEvents", "logs:GetLogEvents"]
          Resource = ["${local.arn.logs}:log-group:/${name}/*"]
        },
        {
          Sid    = "ReadAlarms"
          Effect = "Allow"
          Action = "cloudwatch:DescribeAlarms"
          # Asking for alarms by name counts as asking for all.
          Resource = "${local.arn.cloudwatch}:alarm:*"
        },
      ]
    }
  }
}
