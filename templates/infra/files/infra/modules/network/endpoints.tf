data "aws_region" "current" {}

locals {
  # What a task on Fargate talks to. Each is billed per zone and hour, so only where there is no NAT gateway.
  interface_endpoints = var.nat == "none" ? setunion([
    "ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages", "sts",
  ], var.additional_endpoints) : toset([])
}

# Costs nothing, and the layers of all images come from S3: they never pass (and pay for) the NAT gateway.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]

  tags = { Name = "${var.name}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  security_group_ids  = [aws_security_group.endpoints["this"].id]

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_security_group" "endpoints" {
  for_each = var.nat == "none" ? toset(["this"]) : toset([])

  name        = "${var.name}-endpoints"
  description = "Interface endpoints of AWS services"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-endpoints" }
}

# Endpoints answer and never call: there is no rule for what leaves them.
resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = var.nat == "none" ? local.private_cidrs : {}

  security_group_id = aws_security_group.endpoints["this"].id
  description       = "HTTPS from the tasks in zone ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
