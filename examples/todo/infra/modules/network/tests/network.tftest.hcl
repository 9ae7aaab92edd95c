mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/todo-staging-flow-logs" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:/todo-staging/flow-logs" }
  }
}

variables {
  name                    = "todo-staging"
  cidr                    = "10.20.0.0/16"
  zone_count              = 2
  nat                     = "one"
  kms_key_arn             = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  flow_log_retention_days = 30
}

run "three_tiers_in_two_zones" {
  command = plan

  assert {
    condition = (
      [for s in aws_subnet.private : s.cidr_block] == ["10.20.0.0/20", "10.20.16.0/20"]
      && [for s in aws_subnet.public : s.cidr_block] == ["10.20.64.0/20", "10.20.80.0/20"]
      && [for s in aws_subnet.database : s.cidr_block] == ["10.20.128.0/20", "10.20.144.0/20"]
    )
    error_message = "Each tier must have its blocks of the address plan."
  }
  assert {
    condition = alltrue([
      for tier in [aws_subnet.public, aws_subnet.private, aws_subnet.database] :
      length(distinct([for s in tier : s.availability_zone])) == 2
    ])
    error_message = "Each tier must be in two zones."
  }
  assert {
    condition = alltrue([
      for s in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.database)) : !s.map_public_ip_on_launch
    ])
    error_message = "No subnet may give out public addresses."
  }
}

run "one_nat_gateway_for_all_zones" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.nat) == 2
    error_message = "One gateway must serve the tasks of both zones."
  }
  assert {
    condition     = length(aws_vpc_endpoint.interface) == 0 && length(aws_security_group.endpoints) == 0
    error_message = "Interface endpoints cost money that a NAT gateway saves."
  }
  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3.service_name == "com.amazonaws.eu-central-1.s3"
    error_message = "S3 must always be reached through a gateway endpoint."
  }
}

run "a_nat_gateway_in_each_of_three_zones" {
  command = apply
  variables {
    zone_count = 3
    nat        = "per_zone"
  }

  assert {
    condition     = alltrue([for zone, route in aws_route.nat : route.nat_gateway_id == aws_nat_gateway.this[zone].id])
    error_message = "The tasks of a zone must leave through the gateway of that zone."
  }
  assert {
    condition     = alltrue([for zone, gateway in aws_nat_gateway.this : gateway.subnet_id == aws_subnet.public[zone].id])
    error_message = "A NAT gateway must be in a public subnet of its zone."
  }
  assert {
    condition = (
      length(output.public_subnet_ids) == 3
      && toset(output.private_subnet_ids) == toset([for s in aws_subnet.private : s.id])
      && toset(output.database_subnet_ids) == toset([for s in aws_subnet.database : s.id])
      && output.vpc_id == aws_vpc.this.id
      && output.cidr == "10.20.0.0/16"
    )
    error_message = "The outputs must be those of the network."
  }
  assert {
    condition = alltrue([
      for zone in ["1", "2", "3"] : (
        aws_route_table_association.database[zone].route_table_id == aws_route_table.database.id
        && aws_route_table_association.private[zone].route_table_id == aws_route_table.private[zone].id
      )
    ])
    error_message = "Each subnet must be routed by the table of its tier."
  }
  assert {
    condition = !contains(
      concat([aws_route.internet.route_table_id], [for route in aws_route.nat : route.route_table_id]),
      aws_route_table.database.id,
    )
    error_message = "The database must have no route out."
  }
  assert {
    condition     = toset(aws_vpc_endpoint.s3.route_table_ids) == toset([for t in aws_route_table.private : t.id])
    error_message = "The tasks of all zones must reach S3 through the endpoint."
  }
}

run "endpoints_instead_of_nat" {
  command = apply
  variables {
    nat                  = "none"
    additional_endpoints = ["aps-workspaces", "ecs"]
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.nat) == 0 && length(aws_eip.nat) == 0
    error_message = "Without NAT, the tasks must have no route to the internet."
  }
  assert {
    condition = toset(keys(aws_vpc_endpoint.interface)) == toset([
      "aps-workspaces", "ecr.api", "ecr.dkr", "ecs", "kms", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages", "sts",
    ])
    error_message = "Tasks need an endpoint for each AWS service they talk to."
  }
  assert {
    condition = alltrue([
      for e in aws_vpc_endpoint.interface : e.private_dns_enabled && e.security_group_ids == toset([aws_security_group.endpoints["this"].id])
    ])
    error_message = "Endpoints must answer under the names of the services, to those that their security group lets in."
  }
  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.endpoints :
      contains(["10.20.0.0/20", "10.20.16.0/20"], rule.cidr_ipv4) && rule.from_port == 443 && rule.to_port == 443 && rule.ip_protocol == "tcp"
    ]) && length(aws_vpc_security_group_ingress_rule.endpoints) == 2
    error_message = "Only the private subnets may call the endpoints, by HTTPS."
  }
}

run "defaults_are_closed" {
  command = apply

  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group must let nothing through."
  }
  assert {
    condition     = length(aws_default_network_acl.this.ingress) == 0 && length(aws_default_network_acl.this.egress) == 0
    error_message = "The default access list must let nothing through."
  }
  assert {
    condition = toset(concat(tolist(aws_network_acl.open.subnet_ids), tolist(aws_network_acl.database.subnet_ids))) == toset([
      for s in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.database)) : s.id
    ])
    error_message = "Each subnet must have an access list of its own: under the closed default nothing works."
  }
  assert {
    condition = alltrue([
      for rule in concat(tolist(aws_network_acl.database.ingress), tolist(aws_network_acl.database.egress)) : rule.cidr_block == "10.20.0.0/16"
    ])
    error_message = "The database must talk to this network only."
  }
}

run "flow_logs_are_kept_and_encrypted" {
  command = apply
  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/github/todo-staging-boundary"
  }

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_flow_log.this.log_destination == aws_cloudwatch_log_group.flow_logs.arn
    error_message = "All traffic must be logged."
  }
  assert {
    condition     = aws_cloudwatch_log_group.flow_logs.retention_in_days == 30 && aws_cloudwatch_log_group.flow_logs.kms_key_id == var.kms_key_arn
    error_message = "Flow logs must be encrypted and kept as long as asked."
  }
  assert {
    condition = (
      jsondecode(aws_iam_role.flow_logs.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
      && jsondecode(aws_iam_role.flow_logs.assume_role_policy).Statement[0].Principal.Service == "vpc-flow-logs.amazonaws.com"
    )
    error_message = "Only the flow logs of this account may take the role."
  }
  assert {
    condition = alltrue([
      for s in jsondecode(aws_iam_role_policy.flow_logs.policy).Statement :
      s.Sid == "FindTheirLogGroup" ? s.Action == "logs:DescribeLogGroups" : alltrue([for r in s.Resource : strcontains(r, "log-group:/todo-staging/flow-logs")])
    ])
    error_message = "The role must write to the one log group."
  }
  assert {
    condition     = aws_iam_role.flow_logs.permissions_boundary == var.permissions_boundary_arn
    error_message = "The role must have the boundary."
  }
}

run "refuses_a_region_with_too_few_zones" {
  command = plan
  variables {
    zone_count = 3
  }
  override_data {
    target = data.aws_availability_zones.available
    values = { names = ["us-west-1a", "us-west-1c"] }
  }
  expect_failures = [data.aws_availability_zones.available]
}
