variable "name" {
  description = "Prefix of all names: `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,49}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 51 lower-case letters, digits and hyphens and start with a letter. Write <service>-<environment>, such as todo-staging."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
}

variable "vpc_cidr" {
  description = "IPv4 range of the network: the balancer may call the ports of the tasks there, and nothing else."
  type        = string

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0))
    error_message = "vpc_cidr isn't an IPv4 range. Pass the output cidr of the module network."
  }
}

variable "subnet_ids" {
  description = "Public subnets, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A load balancer needs subnets in two zones at least. Pass public_subnet_ids of the module network."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the firewall's log."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not an alias). Pass key_arn of the module encryption."
  }
}

variable "container_port" {
  description = "Port on which the tasks serve requests."
  type        = number

  validation {
    condition     = var.container_port >= 1024 && var.container_port <= 65535 && floor(var.container_port) == var.container_port
    error_message = "container_port must be a whole number from 1024 to 65535: the container doesn't run as root. Pass ports.http of service.json."
  }
}

variable "health_port" {
  description = "Port on which the tasks answer health checks."
  type        = number

  validation {
    condition     = var.health_port >= 1024 && var.health_port <= 65535 && floor(var.health_port) == var.health_port
    error_message = "health_port must be a whole number from 1024 to 65535: the container doesn't run as root. Pass ports.management of service.json."
  }
}

variable "health_path" {
  description = "Path that answers 200 while a task can take requests."
  type        = string
  default     = "/health/ready"

  validation {
    condition     = startswith(var.health_path, "/")
    error_message = "health_path must start with a slash. Write for example /health/ready."
  }
}

variable "certificate_arn" {
  description = "ARN of a certificate in this region; null to have one made for `domain_name`."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:[^:]+:acm:[^:]+:[0-9]{12}:certificate/.+$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of a certificate in ACM, such as arn:aws:acm:eu-central-1:111122223333:certificate/…"
  }
}

variable "domain_name" {
  description = "Name under which clients reach the service, such as todo.example.com; null for the balancer's own name."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null || can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a full name in lower case, without a scheme or a path. Write for example todo.example.com."
  }

  validation {
    condition     = var.certificate_arn != null || (var.domain_name != null && var.hosted_zone_id != null)
    error_message = "HTTPS needs a certificate. Give certificate_arn, or domain_name and hosted_zone_id to have one made."
  }

  validation {
    condition     = var.hosted_zone_id == null || var.domain_name != null
    error_message = "A hosted zone without a name to put in it. Give domain_name too, or leave hosted_zone_id out."
  }
}

variable "hosted_zone_id" {
  description = "Public hosted zone in Route 53 that holds `domain_name`: its records are made there. Null if they are kept elsewhere. Must be known in a plan, so write it down."
  type        = string
  default     = null
}

variable "idle_timeout_seconds" {
  description = "Seconds without data after which a connection is closed. Must be less than the keep-alive of the service, or clients see 502."
  type        = number
  default     = 60

  validation {
    condition     = var.idle_timeout_seconds >= 1 && var.idle_timeout_seconds <= 4000
    error_message = "idle_timeout_seconds must be from 1 to 4000. Write 60 if in doubt."
  }
}

variable "deregistration_delay_seconds" {
  description = "Seconds that requests under way have to end before a task that leaves is stopped. Must not be more than the tasks' stop timeout."
  type        = number
  default     = 30

  validation {
    condition     = var.deregistration_delay_seconds >= 1 && var.deregistration_delay_seconds <= 120
    error_message = "deregistration_delay_seconds must be from 1 to 120, the longest stop timeout of Fargate. Write 30 if in doubt."
  }
}

variable "access_log_retention_days" {
  description = "Days after which access logs, and those of the firewall, are deleted."
  type        = number

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.access_log_retention_days)
    error_message = "CloudWatch, which keeps the firewall's log, doesn't offer that number of days. Write one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the balancer. Where false, its access logs are deleted with it."
  type        = bool
}

variable "waf_enabled" {
  description = "Whether a web application firewall stands before the balancer: about 9 USD a month and 0.60 USD per million requests."
  type        = bool
}

variable "waf_rate_limit_per_5_minutes" {
  description = "Requests that one address may make in five minutes before the firewall blocks it."
  type        = number
  default     = 2000

  validation {
    condition     = var.waf_rate_limit_per_5_minutes >= 10 && var.waf_rate_limit_per_5_minutes <= 2000000000
    error_message = "waf_rate_limit_per_5_minutes must be from 10 to 2000000000, the bounds of AWS. Write 2000 if in doubt."
  }
}
