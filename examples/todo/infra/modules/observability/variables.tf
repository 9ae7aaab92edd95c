# 64 characters is what IAM gives the name of a role, and the longest ending here has 18.
variable "name" {
  description = "Name of what is made, `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,42}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 44 lower-case letters, digits and hyphens and start with a letter. Write for example todo-staging."
  }
}

variable "labels" {
  description = "Labels of all logs: the name of the service, and of the environment."
  type        = object({ service = string, environment = string })
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
}

variable "private_subnet_ids" {
  description = "Subnets with a way out, one per zone: private_subnet_ids of the module network."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 2
    error_message = "Grafana and the files need subnets in two zones at least. Pass private_subnet_ids of the module network."
  }
}

variable "cluster_name" {
  description = "Cluster in which the tasks run, and collector and Loki with them: cluster_name of the module service."
  type        = string
}

variable "cluster_arn" {
  description = "ARN of the same cluster, by which the collector lists tasks: its discovery takes names, too, and loses them."
  type        = string
}

variable "service_name" {
  description = "Service whose tasks are scraped: service_name of the module service."
  type        = string
}

variable "task_security_group_id" {
  description = "Security group of these tasks."
  type        = string
}

variable "management_port" {
  description = "Port of their metrics: ports.management of service.json."
  type        = number
}

variable "log_group_names" {
  description = "Log groups that are read: log_group_names of the module logs."
  type        = object({ service = string, migration = string })
}

variable "log_group_arns" {
  description = "ARNs of the same log groups: log_group_arns of the module logs."
  type        = object({ service = string, migration = string })
}

variable "log_retention_days" {
  description = "Days after which Loki deletes lines."
  type        = number

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.log_retention_days)
    error_message = "CloudWatch, which keeps the same logs, doesn't offer that number of days. Write one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "grafana_enabled" {
  description = "Whether there is a Grafana, in which people sign in by IAM Identity Center of the organisation."
  type        = bool
  default     = false
}

variable "images" {
  description = "Images of collector and Loki. In a network without NAT, copies of them in the repository `repository_arn`."
  type        = object({ collector = string, loki = string })
  nullable    = false
  default = {
    collector = "docker.io/grafana/alloy:v1.21.0"
    loki      = "docker.io/grafana/loki:3.7.7"
  }

  validation {
    condition     = alltrue([for image in values(var.images) : can(regex("(:[^/:]*[0-9][^/:]*|@sha256:[0-9a-f]{64})$", image))])
    error_message = "An image needs a version or a digest: what is not pinned changes with the next task. Write for example docker.io/grafana/loki:3.7.7."
  }
}

variable "repository_arn" {
  description = "ARN of the service's repository, where copies of the images may be."
  type        = string
}

variable "cpu_units" {
  description = "CPU of collector and Loki together; 1024 units are one vCPU."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu_units)
    error_message = "Write 256, 512, 1024, 2048 or 4096 units: Fargate offers no others, and one process doesn't use more."
  }
}

variable "memory_mib" {
  description = "Memory of collector and Loki together, in MiB."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition = contains(lookup({
      256  = [512, 1024, 2048]
      512  = range(1024, 4097, 1024)
      1024 = range(2048, 8193, 1024)
      2048 = range(4096, 16385, 1024)
      4096 = range(8192, 30721, 1024)
    }, var.cpu_units, [var.memory_mib]), var.memory_mib)
    error_message = "Fargate doesn't offer that much memory with that much CPU. Write for example 1024 MiB with 512 units, 2048 with 1024."
  }
}

variable "alarm_topic_arn" {
  description = "Topic that is told when neither runs: topic_arn of the module alarms."
  type        = string
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts metrics, logs and files: key_arn of the module encryption."
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
