variable "name" {
  description = "Prefix of all names: `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,49}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 51 lower-case letters, digits and hyphens and start with a letter. Write <service>-<environment>, such as todo-staging."
  }
}

variable "region" {
  description = "Region whose metrics are shown."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "That isn't the name of a region. Write for example eu-central-1."
  }
}

variable "alarm_arns" {
  description = "Alarms to show on top: alarm_arns of the module alarms."
  type        = list(string)

  validation {
    condition     = length(var.alarm_arns) > 0 && length(var.alarm_arns) <= 100
    error_message = "CloudWatch shows between 1 and 100 alarms. Pass alarm_arns of the module alarms."
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

variable "cluster_name" {
  description = "Name of the cluster."
  type        = string
}

variable "service_name" {
  description = "Name of the service."
  type        = string
}

variable "database_identifier" {
  description = "The database as CloudWatch names it: identifier of the module database."
  type        = string
}

variable "database_max_connections" {
  description = "Connections that the database accepts, drawn as a line."
  type        = number
}

variable "log_group_names" {
  description = "Log groups of the service and its migrations: log_group_names of the module logs."
  type        = object({ service = string, migration = string })
}

variable "log_metrics" {
  description = "Metrics counted from log lines: outputs of the module logs."
  type = object({
    namespace                    = string
    error_metric_name            = string
    migration_failed_metric_name = string
  })
}
