variable "name" {
  description = "Prefix of all names: `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,49}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 51 lower-case letters, digits and hyphens and start with a letter. Write <service>-<environment>, such as todo-staging."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the topic. Its policy must let cloudwatch.amazonaws.com use it, as that of the module encryption does: otherwise alarms are lost silently."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not an alias). Pass key_arn of the module encryption."
  }
}

variable "alarm_email" {
  description = "Who is told. AWS asks this address once to confirm."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email isn't an e-mail address, so nobody would hear of an alarm. Write one that a person reads, such as team@example.com."
  }
}

variable "load_balancer_arn_suffix" {
  description = "The balancer as CloudWatch names it: arn_suffix of the module load-balancer."
  type        = string

  validation {
    condition     = can(regex("^app/", var.load_balancer_arn_suffix))
    error_message = "load_balancer_arn_suffix must begin with app/. Pass arn_suffix of the module load-balancer, not its arn."
  }
}

variable "target_group_arn_suffix" {
  description = "The target group as CloudWatch names it: target_group_arn_suffix of the module load-balancer."
  type        = string

  validation {
    condition     = can(regex("^targetgroup/", var.target_group_arn_suffix))
    error_message = "target_group_arn_suffix must begin with targetgroup/. Pass target_group_arn_suffix of the module load-balancer, not the ARN."
  }
}

# Names and not outputs of the module service: that one needs these alarms to roll back.
variable "cluster_name" {
  description = "Name of the cluster. The module service calls it like `name`."
  type        = string
}

variable "service_name" {
  description = "Name of the service. The module service calls it like `name`."
  type        = string
}

variable "database" {
  description = "The database: its identifier, class, storage (GiB), connections, and the identifiers of its replicas if it has some."
  type = object({
    identifier            = string
    instance_class        = string
    allocated_storage_gib = number
    max_connections       = number
    replica_identifiers   = optional(set(string), [])
  })
}

variable "log_metrics" {
  description = "Metrics counted from log lines: outputs of the module logs."
  type = object({
    namespace                    = string
    error_metric_name            = string
    migration_failed_metric_name = string
  })
}

variable "thresholds" {
  description = "When to tell, where the defaults don't fit. The names hold the units."
  type = object({
    server_error_percent          = optional(number, 5)
    minimum_requests_per_minute   = optional(number, 10)
    latency_p99_ms                = optional(number, 1000)
    error_logs_per_5_minutes      = optional(number, 20)
    task_cpu_percent              = optional(number, 85)
    task_memory_percent           = optional(number, 85)
    database_cpu_percent          = optional(number, 80)
    database_free_storage_percent = optional(number, 8)
    database_connections_percent  = optional(number, 80)
    database_freeable_memory_mib  = optional(number, 100)
    database_cpu_credits          = optional(number, 20)
    replica_lag_seconds           = optional(number, 30)
  })
  default = {}

  validation {
    condition     = alltrue([for key, value in var.thresholds : value > 0 && value < 100 if endswith(key, "_percent")])
    error_message = "Each threshold in percent must be more than 0 and less than 100: the alarm would never sound, or always."
  }

  validation {
    condition     = alltrue([for value in values(var.thresholds) : value > 0])
    error_message = "Each threshold must be more than 0. Leave one out to get its default."
  }
}
