variable "service" {
  description = "What service.json says: names, ports, timeouts (in milliseconds) and the pool that code and infrastructure share."
  type = object({
    name  = string
    ports = object({ http = number, management = number })
    timeouts = object({
      requestMs      = number
      balancerIdleMs = number
      keepAliveMs    = number
      drainMs        = number
      shutdownMs     = number
    })
    database = object({ name = string, postgres = number, poolSize = number })
  })

  validation {
    condition     = var.service.timeouts.requestMs < var.service.timeouts.balancerIdleMs
    error_message = "The balancer would give a request up (504) before the service does: timeouts.requestMs must be less than timeouts.balancerIdleMs. Change service.json."
  }

  validation {
    condition     = var.service.timeouts.requestMs <= local.deregistration_delay_seconds * 1000
    error_message = "A release would cut requests off that may still run: timeouts.requestMs must not be more than the ${local.deregistration_delay_seconds} s that the balancer waits for a leaving task. Change service.json, or the delay in this module."
  }
}

variable "environment" {
  description = "Name of the environment, as `bootstrap` knows it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "The environment must have 2 to 10 lower-case letters and digits and start with a letter. Write one of the environments of bootstrap, such as staging."
  }
}

variable "region" {
  description = "AWS region, the same as that of `bootstrap`."
  type        = string
}

variable "alarm_email" {
  description = "Who is told of alarms and of costs. AWS asks this address once to confirm."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email isn't an e-mail address, so nobody would hear of an alarm. Write one that a person reads into terraform.tfvars, such as team@example.com."
  }
}

variable "domain_name" {
  description = "Name under which clients reach the service, such as todo.example.com; null for the balancer's own name."
  type        = string

  validation {
    condition     = var.certificate_arn != null || (var.domain_name != null && var.hosted_zone_id != null)
    error_message = "HTTPS needs a certificate. Write domain_name and hosted_zone_id into terraform.tfvars to have one made, or certificate_arn."
  }
}

variable "hosted_zone_id" {
  description = "Public hosted zone in Route 53 that holds `domain_name`; null where DNS is kept elsewhere."
  type        = string
}

variable "certificate_arn" {
  description = "ARN of a certificate in ACM; null to have one made for `domain_name`."
  type        = string
}

variable "network" {
  description = "Address range, number of zones, and how tasks reach the outside (`one`, `per_zone`, `none`): see the module network."
  type = object({
    cidr       = string
    zone_count = number
    nat        = string
  })
}

variable "database" {
  description = "Size, availability, backups and connections of the database: see the module database."
  type = object({
    instance_class                      = string
    allocated_storage_gib               = number
    max_allocated_storage_gib           = number
    max_connections                     = number
    multi_az                            = bool
    backup_retention_days               = number
    performance_insights_retention_days = optional(number, 7)
    restore_from = optional(object({
      snapshot_identifier = optional(string)
      source_resource_id  = optional(string)
      restore_time        = optional(string)
    }))
  })
}

variable "tasks" {
  description = "Size and number of the tasks: see the module service."
  type = object({
    cpu_units                  = number
    memory_mib                 = number
    min                        = number
    max                        = number
    target_requests_per_minute = number
    architecture               = optional(string, "ARM64")
    placeholder_image          = optional(string, "public.ecr.aws/docker/library/node:24-slim")
    exec_enabled               = optional(bool, false)
  })
}

variable "environment_variables" {
  description = "Further variables of service and migrations, such as LOG_LEVEL. Anybody who may look at ECS can read them."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Variables of the service whose values are kept in Secrets Manager: ARNs of the secrets."
  type        = map(string)
  default     = {}
}

variable "allow_anonymous" {
  description = "Whether the service may run in production without knowing who its users are. It refuses to start otherwise, until it has authentication."
  type        = bool
}

variable "log_retention_days" {
  description = "Days after which logs (of service, database, balancer and network) are deleted."
  type        = number
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete database and balancer."
  type        = bool
}

variable "waf_enabled" {
  description = "Whether a web application firewall stands before the balancer."
  type        = bool
}

variable "observability" {
  description = "Whether Prometheus, Loki and (with `grafana_enabled`) Grafana are part of it, or the team brings its own: see the module observability."
  type = object({
    enabled         = bool
    grafana_enabled = optional(bool, false)
    cpu_units       = optional(number)
    memory_mib      = optional(number)
    images          = optional(object({ collector = string, loki = string }))
  })
}

variable "alarm_thresholds" {
  description = "When to tell, where the defaults of the module alarms don't fit."
  type = object({
    server_error_percent          = optional(number)
    minimum_requests_per_minute   = optional(number)
    latency_p99_ms                = optional(number)
    error_logs_per_5_minutes      = optional(number)
    task_cpu_percent              = optional(number)
    task_memory_percent           = optional(number)
    database_cpu_percent          = optional(number)
    database_free_storage_percent = optional(number)
    database_connections_percent  = optional(number)
    database_freeable_memory_mib  = optional(number)
    database_cpu_credits          = optional(number)
  })
  default = {}
}

variable "monthly_limit_usd" {
  description = "What a month may cost, in US dollars."
  type        = number
}

variable "share_account" {
  description = "Whether other environments are in the same account: the budget then counts only what has the tag `environment`, which has to be activated for cost allocation."
  type        = bool
}
