locals {
  # What the module observability makes. Names that AWS chooses are told apart by the tag `environment`, which `guard` reads.
  infra_signals = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = concat([
        {
          Sid    = "MakeWorkspaces"
          Effect = "Allow"
          Action = ["aps:CreateWorkspace", "elasticfilesystem:CreateFileSystem", "grafana:CreateWorkspace"]
          # AWS has no resource-level permission for these calls: the tag makes what they make the environment's.
          Resource  = "*"
          Condition = { StringEquals = { "aws:RequestTag/environment" = environment } }
        },
        {
          Sid    = "Workspaces"
          Effect = "Allow"
          Action = [
            "aps:DeleteWorkspace", "aps:DescribeLoggingConfiguration", "aps:DescribeWorkspace", "aps:ListTagsForResource", "aps:TagResource",
            "aps:UntagResource", "aps:UpdateWorkspaceAlias",
            "grafana:DeleteWorkspace", "grafana:DescribeWorkspace", "grafana:DescribeWorkspaceAuthentication",
            "grafana:DescribeWorkspaceConfiguration", "grafana:ListTagsForResource", "grafana:TagResource",
            "grafana:UntagResource", "grafana:UpdateWorkspace", "grafana:UpdateWorkspaceAuthentication",
            "grafana:UpdateWorkspaceConfiguration",
          ]
          Resource = ["${local.arn.aps}:workspace/*", "${local.arn.grafana}:/workspaces/*"]
        },
        {
          Sid    = "FileSystems"
          Effect = "Allow"
          Action = [
            "elasticfilesystem:CreateAccessPoint", "elasticfilesystem:CreateMountTarget",
            "elasticfilesystem:DeleteAccessPoint", "elasticfilesystem:DeleteFileSystem",
            "elasticfilesystem:DeleteFileSystemPolicy", "elasticfilesystem:DeleteMountTarget",
            "elasticfilesystem:ModifyMountTargetSecurityGroups", "elasticfilesystem:PutFileSystemPolicy",
            "elasticfilesystem:PutLifecycleConfiguration", "elasticfilesystem:TagResource",
            "elasticfilesystem:UntagResource", "elasticfilesystem:UpdateFileSystem",
          ]
          Resource = ["${local.arn.elasticfilesystem}:access-point/*", "${local.arn.elasticfilesystem}:file-system/*"]
        },
        {
          Sid    = "MakeNames"
          Effect = "Allow"
          Action = [
            "ec2:DescribeRegions", "route53:AssociateVPCWithHostedZone", "route53:CreateHostedZone",
            "route53:ListHostedZonesByName", "servicediscovery:CreatePrivateDnsNamespace", "servicediscovery:CreateService",
            "servicediscovery:GetOperation",
          ]
          # AWS has no resource-level permission for most of these calls, and the ids of what the others make are unknown.
          Resource = "*"
        },
        {
          Sid    = "Names"
          Effect = "Allow"
          Action = [
            "servicediscovery:DeleteNamespace", "servicediscovery:DeleteService", "servicediscovery:TagResource",
            "servicediscovery:UntagResource", "servicediscovery:UpdatePrivateDnsNamespace",
            "servicediscovery:UpdateService",
          ]
          Resource = ["${local.arn.servicediscovery}:namespace/*", "${local.arn.servicediscovery}:service/*"]
        },
        {
          # Cloud Map keeps its names in a private zone, in the name of the caller. A zone that has records can't be deleted.
          Sid      = "ZonesOfNames"
          Effect   = "Allow"
          Action   = ["route53:DeleteHostedZone", "route53:GetHostedZone"]
          Resource = "arn:${local.partition}:route53:::hostedzone/*"
        },
        {
          # By which the network reaches a file system, in the name of the caller.
          Sid      = "InterfacesOfFileSystems"
          Effect   = "Allow"
          Action   = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"]
          Resource = "${local.arn.ec2}:*/*"
        },
        {
          Sid    = "SignIn"
          Effect = "Allow"
          Action = [
            "organizations:DescribeOrganization", "sso:CreateManagedApplicationInstance",
            "sso:DeleteManagedApplicationInstance", "sso:DescribeRegisteredRegions",
            "sso:GetManagedApplicationInstance", "sso:GetSharedSsoConfiguration",
          ]
          # AWS has no resource-level permission for these calls, with which Grafana joins IAM Identity Center.
          Resource = "*"
        },
        ], [
        # A statement without a resource isn't valid.
        for zones in [[for id in var.hosted_zone_ids : "arn:${local.partition}:route53:::hostedzone/${id}"]] : {
          Sid      = "DomainsStay"
          Effect   = "Deny"
          Action   = "route53:DeleteHostedZone"
          Resource = zones
        } if length(zones) > 0
      ])
    }
  }
}
