resource "aws_security_group" "this" {
  name        = "${var.name}-database"
  description = "Database of ${var.name}: reached by its clients alone"
  vpc_id      = var.vpc_id

  # Without egress rules: a database answers and never calls.
}

resource "aws_vpc_security_group_ingress_rule" "client" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "PostgreSQL from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}
