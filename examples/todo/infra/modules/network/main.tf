data "aws_availability_zones" "available" {
  state = "available"

  # Local Zones and Wavelength Zones have neither NAT gateways nor RDS.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.names) >= var.zone_count
      error_message = "The region has only ${length(self.names)} availability zones. Lower zone_count or choose another region."
    }
  }
}

locals {
  # Zones are counted and not named, so that the addresses of resources are the same in every region and account.
  zones = { for index in range(var.zone_count) : tostring(index + 1) => index }

  # The range has 16 equal blocks: 0-2 private, 4-6 public, 8-10 database. What is left out is for later.
  private_cidrs  = { for zone, index in local.zones : zone => cidrsubnet(var.cidr, 4, index) }
  public_cidrs   = { for zone, index in local.zones : zone => cidrsubnet(var.cidr, 4, index + 4) }
  database_cidrs = { for zone, index in local.zones : zone => cidrsubnet(var.cidr, 4, index + 8) }

  nat_zones = {
    one      = toset(["1"])
    per_zone = toset(keys(local.zones))
    none     = toset([])
  }[var.nat]
}

resource "aws_vpc" "this" {
  cidr_block = var.cidr

  # Interface endpoints answer under the public names of the services only with both of these.
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  cidr_block        = local.public_cidrs[each.key]
  availability_zone = data.aws_availability_zones.available.names[each.value]

  # The balancer and the NAT gateways bring their own addresses; nothing else may get one by accident.
  map_public_ip_on_launch = false

  tags = { Name = "${var.name}-public-${each.key}" }

  lifecycle {
    # A zone that AWS adds to the region must not move, and so replace, the subnets there are.
    ignore_changes = [availability_zone]
  }
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this.id
  cidr_block              = local.private_cidrs[each.key]
  availability_zone       = data.aws_availability_zones.available.names[each.value]
  map_public_ip_on_launch = false

  tags = { Name = "${var.name}-private-${each.key}" }

  lifecycle {
    ignore_changes = [availability_zone]
  }
}

resource "aws_subnet" "database" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this.id
  cidr_block              = local.database_cidrs[each.key]
  availability_zone       = data.aws_availability_zones.available.names[each.value]
  map_public_ip_on_launch = false

  tags = { Name = "${var.name}-database-${each.key}" }

  lifecycle {
    ignore_changes = [availability_zone]
  }
}
