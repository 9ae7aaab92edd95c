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

variable "subnet_ids" {
  description = "Subnets without a way to the internet, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS needs subnets in two zones at least. Pass database_subnet_ids of the module network."
  }
}

variable "client_security_group_ids" {
  description = "Security groups of those who may connect, by a name that says who they are."
  type        = map(string)
  default     = {}
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts storage, backups, the master secret, logs and Performance Insights. It can't be changed later."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not an alias). Pass key_arn of the module encryption."
  }
}

variable "database_name" {
  description = "Name of the database. The roles <name>_owner (migrates) and <name>_app (serves) are called after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,55}$", var.database_name))
    error_message = "The database name must have 1 to 56 lower-case letters, digits and underscores and start with a letter. Write database.name of service.json."
  }
}

variable "postgres_version" {
  description = "Version of PostgreSQL: the major one, so that minor ones come by themselves."
  type        = string

  validation {
    condition     = can(regex("^(1[5-9]|[2-9][0-9])(\\.[0-9]+)?$", var.postgres_version))
    error_message = "postgres_version must be a major version from 15 on, or a minor one of it. Write database.postgres of service.json, such as 17."
  }
}

variable "instance_class" {
  description = "Size of the instance."
  type        = string

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class isn't a class of RDS. Write for example db.t4g.micro or db.m7g.large."
  }
}

variable "allocated_storage_gib" {
  description = "Storage to begin with, in GiB. It can only grow."
  type        = number

  validation {
    condition     = var.allocated_storage_gib >= 20 && var.allocated_storage_gib <= 65536
    error_message = "allocated_storage_gib must be between 20 and 65536: gp3 storage of RDS begins at 20 GiB."
  }
}

variable "max_allocated_storage_gib" {
  description = "Up to where RDS lets the storage grow by itself, in GiB."
  type        = number

  validation {
    condition     = var.max_allocated_storage_gib >= var.allocated_storage_gib * 1.1 && var.max_allocated_storage_gib <= 65536
    error_message = "max_allocated_storage_gib must be at least 10 % more than allocated_storage_gib (AWS refuses less), and 65536 at most."
  }
}

variable "multi_az" {
  description = "Whether a standby in another zone takes over when the instance or its zone fails. It doubles the price."
  type        = bool
}

variable "backup_retention_days" {
  description = "Days back to which the database can be restored, to the second."
  type        = number

  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "backup_retention_days must be between 1 and 35: 0 would switch backups off. Write 7 or more for production."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the database."
  type        = bool
  default     = true
}

variable "slow_query_ms" {
  description = "Statements that take this long are logged, in milliseconds. The log then holds their parameters."
  type        = number
  default     = 500

  validation {
    condition     = var.slow_query_ms >= 50
    error_message = "slow_query_ms must be 50 or more: with less, the log costs more than the queries."
  }
}

variable "max_connections" {
  description = "Connections that the database accepts. Each takes about 10 MB of its memory."
  type        = number

  validation {
    condition     = var.max_connections >= 25 && var.max_connections <= 5000
    error_message = "max_connections must be between 25 and 5000. Write about 100 for each GiB of memory of the instance class."
  }
}

variable "performance_insights_retention_days" {
  description = "Days for which Performance Insights keeps its data. 7 are free."
  type        = number
  default     = 7

  validation {
    condition = (
      contains([7, 731], var.performance_insights_retention_days)
      || (var.performance_insights_retention_days % 31 == 0 && var.performance_insights_retention_days > 0 && var.performance_insights_retention_days <= 713)
    )
    error_message = "AWS keeps the data for 7, 731 or a multiple of 31 days up to 713. Write 7, 31, 62, … 713 or 731."
  }
}

variable "log_retention_days" {
  description = "Days after which lines of the database's logs are deleted."
  type        = number
  default     = 30

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.log_retention_days)
    error_message = "CloudWatch doesn't offer that number of days. Write one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "restore_from" {
  description = "Where the data of a new database comes from: a snapshot, or another database (its resource id) at a time in UTC, the latest one if null. Read only when the database is made."
  type = object({
    snapshot_identifier = optional(string)
    source_resource_id  = optional(string)
    restore_time        = optional(string)
  })
  default = null

  validation {
    condition = var.restore_from == null ? true : (
      (var.restore_from.snapshot_identifier == null) != (var.restore_from.source_resource_id == null)
    )
    error_message = "restore_from needs either snapshot_identifier or source_resource_id (db-…), and not both."
  }

  validation {
    condition = try(var.restore_from.restore_time, null) == null ? true : (
      var.restore_from.source_resource_id != null && can(timeadd(var.restore_from.restore_time, "0s"))
    )
    error_message = "restore_time goes with source_resource_id and is a time in UTC. Write for example 2026-01-31T12:00:00Z."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of the role that is created; null for none. The infra role of `bootstrap` may only create roles that have its boundary."
  type        = string
  default     = null
}
