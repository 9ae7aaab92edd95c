# 64 characters is what IAM gives the name of a role, and the longest ending here has 20.
variable "name" {
  description = "Prefix of all names: `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,42}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 44 lower-case letters, digits and hyphens and start with a letter. Write <service>-<environment>, such as todo-staging."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
}

variable "private_subnet_ids" {
  description = "Subnets of the tasks, without public addresses, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 2
    error_message = "The tasks need subnets in two zones at least, to survive the loss of one. Pass private_subnet_ids of the module network."
  }
}

variable "load_balancer_security_group_id" {
  description = "Security group of the balancer, the only one that may call the service."
  type        = string
}

variable "metrics_security_group_ids" {
  description = "Security groups of those who scrape metrics, by a name that says who they are."
  type        = map(string)
  default     = {}
}

variable "load_balancer_arn_suffix" {
  description = "The balancer as CloudWatch names it, to count requests per task."
  type        = string
}

variable "target_group_arn" {
  description = "ARN of the target group in which the tasks register."
  type        = string
}

variable "target_group_arn_suffix" {
  description = "The target group as CloudWatch names it, to count requests per task."
  type        = string
}

variable "repository_arn" {
  description = "ARN of the repository that releases come from, the only one the tasks may pull."
  type        = string
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts secrets, shells and measurements of the cluster."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not an alias). Pass key_arn of the module encryption."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of the roles that are created; null for none. The infra role of `bootstrap` may only create roles that have its boundary."
  type        = string
  default     = null
}

variable "log_group_names" {
  description = "Names of the log groups of the service and its migrations: log_group_names of the module logs."
  type        = object({ service = string, migration = string })
}

variable "log_group_arns" {
  description = "ARNs of the same log groups: log_group_arns of the module logs."
  type        = object({ service = string, migration = string })
}

variable "insights_retention_days" {
  description = "Days after which Container Insights' measurements are deleted. Their metrics stay."
  type        = number
  default     = 14

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.insights_retention_days)
    error_message = "CloudWatch doesn't offer that number of days. Write one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "rollback_alarm_names" {
  description = "Alarms that roll a deployment back: rollback_alarm_names of the module alarms."
  type        = list(string)

  validation {
    condition     = length(var.rollback_alarm_names) > 0
    error_message = "Without an alarm, a release that starts and then serves errors stays. Pass rollback_alarm_names of the module alarms."
  }
}
