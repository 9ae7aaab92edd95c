variable "name" {
  description = "Prefix of all names: `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,49}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 51 lower-case letters, digits and hyphens and start with a letter. Write <service>-<environment>, such as todo-staging."
  }
}

variable "cidr" {
  description = "IPv4 range of the network, from /16 to /20. Choose one that no network it may be joined with uses."
  type        = string

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && !strcontains(var.cidr, ":")
    error_message = "cidr isn't an IPv4 range. Write an address and a prefix length, such as 10.20.0.0/16."
  }

  validation {
    condition     = !can(cidrhost(var.cidr, 0)) || try(cidrhost(var.cidr, 0) == split("/", var.cidr)[0], false)
    error_message = "cidr doesn't start where its range starts. Write the first address of the range, such as 10.20.0.0/16 and not 10.20.0.1/16."
  }

  validation {
    condition     = !can(cidrhost(var.cidr, 0)) || try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 20, false)
    error_message = "cidr must be between /16 (the largest AWS allows) and /20 (smaller leaves no room for subnets in three zones). Write for example 10.20.0.0/16."
  }

  validation {
    condition     = !can(cidrhost(var.cidr, 0)) || can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.cidr))
    error_message = "cidr is a range of the public internet, which would become unreachable. Use one within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }
}

variable "zone_count" {
  description = "Number of availability zones: 2 or 3. One can't survive the loss of a zone, and RDS and the balancer refuse it."
  type        = number

  validation {
    condition     = contains([2, 3], var.zone_count)
    error_message = "zone_count must be 2 or 3: the load balancer and a database that survives the loss of a zone need two at least."
  }
}

variable "nat" {
  description = "How tasks reach the outside: `one` NAT gateway, one `per_zone`, or `none` (AWS services only, through interface endpoints). See README for the trade-off."
  type        = string

  validation {
    condition     = contains(["one", "per_zone", "none"], var.nat)
    error_message = "nat must be \"one\" (cheapest), \"per_zone\" (survives the loss of a zone) or \"none\" (no way to the internet; interface endpoints instead)."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the flow logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not an alias). Pass key_arn of the module encryption."
  }
}

variable "flow_log_retention_days" {
  description = "Days after which flow logs are deleted."
  type        = number

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.flow_log_retention_days)
    error_message = "CloudWatch doesn't offer that number of days. Write one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of the role that is created; null for none. The infra role of `bootstrap` may only create roles that have its boundary."
  type        = string
  default     = null
}

variable "additional_endpoints" {
  description = "Services of AWS, as their endpoints name them, that something besides the tasks talks to; made only where there is no NAT gateway."
  type        = set(string)
  default     = []
}
