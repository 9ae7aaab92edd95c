# The defaults of a network let everything through. They are emptied, so that what forgets to name its own security
# group or access list is closed, not open.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-default-closed" }
}

resource "aws_default_network_acl" "this" {
  default_network_acl_id = aws_vpc.this.default_network_acl_id

  tags = { Name = "${var.name}-default-closed" }

  lifecycle {
    # A subnet that leaves its list comes back to this one for a moment; Terraform must not fight over it.
    ignore_changes = [subnet_ids]
  }
}

# Access lists know no connections: answers need a rule too, and the balancer's clients and the NAT gateway's servers
# can be anywhere. So the lists of these tiers are open, and the security groups, which do know them, decide.
resource "aws_network_acl" "open" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = concat([for s in aws_subnet.public : s.id], [for s in aws_subnet.private : s.id])

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }

  tags = { Name = "${var.name}-public-and-private" }
}

# The database talks to this network only, even if a security group or a route is opened by mistake.
resource "aws_network_acl" "database" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [for s in aws_subnet.database : s.id]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = var.cidr
    from_port  = 5432
    to_port    = 5432
  }

  # To the ports from which its clients, and tasks on Fargate are Linux, opened their connections.
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = var.cidr
    from_port  = 1024
    to_port    = 65535
  }

  tags = { Name = "${var.name}-database" }
}
