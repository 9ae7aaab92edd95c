resource "aws_security_group" "task" {
  name        = local.part_name
  description = "Collector and Loki of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "files" {
  name        = "${local.part_name}-files"
  description = "Files of collector and Loki of ${var.name}"
  vpc_id      = var.vpc_id
}

# AWS's own interfaces have no fixed addresses: Prometheus, CloudWatch, S3, ECS.
resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.task.id
  description       = "HTTPS: AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "scrape" {
  security_group_id            = aws_security_group.task.id
  description                  = "Metrics of the tasks"
  referenced_security_group_id = var.task_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.management_port
  to_port                      = var.management_port
}

resource "aws_vpc_security_group_egress_rule" "files" {
  security_group_id            = aws_security_group.task.id
  description                  = "Files (NFS)"
  referenced_security_group_id = aws_security_group.files.id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
}

# A file system answers and never calls.
resource "aws_vpc_security_group_ingress_rule" "files" {
  security_group_id            = aws_security_group.files.id
  description                  = "Files of collector and Loki"
  referenced_security_group_id = aws_security_group.task.id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049
}

# How Grafana finds Loki, whose address changes with each task.
resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = "${var.name}.internal"
  description = "Names within the network of ${var.name}"
  vpc         = var.vpc_id
}

resource "aws_service_discovery_service" "loki" {
  name        = "loki"
  description = "Loki of ${var.name}"

  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.this.id

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}
