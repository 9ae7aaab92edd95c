resource "aws_security_group" "service" {
  name        = "${var.name}-service"
  description = "Tasks of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "migration" {
  name        = "${var.name}-migration"
  description = "Migrations of ${var.name}: nobody calls them"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  for_each = { http = var.container_port, management = var.management_port }

  security_group_id            = aws_security_group.service.id
  description                  = each.key == "http" ? "Requests from the balancer" : "Health checks of the balancer"
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "metrics" {
  for_each = var.metrics_security_group_ids

  security_group_id            = aws_security_group.service.id
  description                  = "Metrics, scraped by ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = var.management_port
  to_port                      = var.management_port
}

locals {
  callers = { service = aws_security_group.service.id, migration = aws_security_group.migration.id }
}

# AWS's own interfaces (registry, logs, secrets, keys) have no fixed addresses, so the range is open. Where it leads is
# up to the network: through the NAT or to the endpoints.
resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.callers

  security_group_id = each.value
  description       = "HTTPS: AWS and what the service calls"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "database" {
  for_each = local.callers

  security_group_id            = each.value
  description                  = "PostgreSQL"
  referenced_security_group_id = var.database.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.database.port
  to_port                      = var.database.port
}
