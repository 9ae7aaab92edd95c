resource "aws_security_group" "this" {
  name        = "${var.name}-load-balancer"
  description = "Load balancer: the only thing that the internet reaches"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-load-balancer" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "HTTPS from anywhere"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "http" {
  security_group_id = aws_security_group.this.id
  description       = "HTTP from anywhere, answered with a redirect to HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

# By range and not by the tasks' security group: that one already refers to this one, and the two modules would need
# each other. The tasks' own rules say who may be called.
resource "aws_vpc_security_group_egress_rule" "tasks" {
  for_each = { requests = var.container_port, health = var.health_port }

  security_group_id = aws_security_group.this.id
  description       = "To the tasks: ${each.key}"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}
