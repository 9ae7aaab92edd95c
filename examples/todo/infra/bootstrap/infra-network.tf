locals {
  # What the infra roles may do is cut by topic: a policy has room for 6144 characters. Identifiers that AWS chooses
  # can't tell environments apart, so where it does, the policy `guard` refuses what is tagged as another's.
  infra_network = {
    for environment, name in local.names : environment => {
      Version = "2012-10-17"
      Statement = [
        {
          Sid    = "Network"
          Effect = "Allow"
          Action = [
            "ec2:AllocateAddress", "ec2:AssociateRouteTable", "ec2:AttachInternetGateway",
            "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateFlowLogs",
            "ec2:CreateInternetGateway", "ec2:CreateNatGateway", "ec2:CreateNetworkAcl", "ec2:CreateNetworkAclEntry",
            "ec2:CreateRoute", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateTags",
            "ec2:CreateVpc", "ec2:CreateVpcEndpoint", "ec2:DeleteFlowLogs", "ec2:DeleteInternetGateway",
            "ec2:DeleteNatGateway", "ec2:DeleteNetworkAcl", "ec2:DeleteNetworkAclEntry", "ec2:DeleteRoute",
            "ec2:DeleteRouteTable", "ec2:DeleteSecurityGroup", "ec2:DeleteSubnet", "ec2:DeleteTags", "ec2:DeleteVpc",
            "ec2:DeleteVpcEndpoints", "ec2:DetachInternetGateway", "ec2:DisassociateAddress",
            "ec2:DisassociateRouteTable", "ec2:ModifySecurityGroupRules", "ec2:ModifySubnetAttribute",
            "ec2:ModifyVpcAttribute", "ec2:ModifyVpcEndpoint", "ec2:ReleaseAddress",
            "ec2:ReplaceNetworkAclAssociation", "ec2:ReplaceRoute", "ec2:ReplaceRouteTableAssociation",
            "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress",
          ]
          Resource = "${local.arn.ec2}:*/*"
        },
        {
          Sid    = "LoadBalancer"
          Effect = "Allow"
          Action = [
            "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:AddTags",
            "elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateRule", "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:DeleteRule", "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyListenerAttributes",
            "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RemoveListenerCertificates", "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets",
          ]
          Resource = [
            "${local.arn.elasticloadbalancing}:loadbalancer/app/${local.short_names[environment]}/*",
            "${local.arn.elasticloadbalancing}:listener/app/${local.short_names[environment]}/*",
            "${local.arn.elasticloadbalancing}:listener-rule/app/${local.short_names[environment]}/*",
            # Cut like the module load-balancer cuts it, before its hash.
            "${local.arn.elasticloadbalancing}:targetgroup/${trimsuffix(substr(name, 0, 23), "-")}-*/*",
          ]
        },
        {
          Sid    = "Firewall"
          Effect = "Allow"
          Action = [
            "wafv2:AssociateWebACL", "wafv2:CreateWebACL", "wafv2:DeleteLoggingConfiguration", "wafv2:DeleteWebACL",
            "wafv2:DisassociateWebACL", "wafv2:PutLoggingConfiguration", "wafv2:TagResource", "wafv2:UntagResource",
            "wafv2:UpdateWebACL",
          ]
          Resource = [
            "${local.arn.wafv2}:regional/webacl/${name}/*",
            "${local.arn.elasticloadbalancing}:loadbalancer/app/${local.short_names[environment]}/*",
            # Rules of AWS that the firewall refers to.
            "arn:${local.partition}:wafv2:${var.region}:*:regional/managedruleset/*/*",
          ]
        },
        {
          Sid    = "NetworkCallsOnNoResource"
          Effect = "Allow"
          Action = ["acm:RequestCertificate", "elasticloadbalancing:SetWebAcl"]
          # AWS has no resource-level permission for these calls.
          Resource = "*"
        },
        {
          Sid      = "Certificates"
          Effect   = "Allow"
          Action   = ["acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate"]
          Resource = "${local.arn.acm}:certificate/*"
        },
        {
          Sid    = "WhatNetworksNeedOnce"
          Effect = "Allow"
          Action = "iam:CreateServiceLinkedRole"
          # Such roles belong to AWS's own services and can't be given rights.
          Resource = "${local.iam_arn}:role/aws-service-role/*"
          Condition = {
            StringEquals = {
              "iam:AWSServiceName" = [
                "ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticfilesystem.amazonaws.com",
                "elasticloadbalancing.amazonaws.com", "grafana.amazonaws.com", "rds.amazonaws.com",
                "wafv2.amazonaws.com",
              ]
            }
          }
        },
      ]
    }
  }

  infra_records = {
    for environment in var.environments : environment => {
      Version = "2012-10-17"
      Statement = [{
        Sid      = "Records"
        Effect   = "Allow"
        Action   = "route53:ChangeResourceRecordSets"
        Resource = [for id in var.hosted_zone_ids : "arn:${local.partition}:route53:::hostedzone/${id}"]
      }]
    }
  }
}
