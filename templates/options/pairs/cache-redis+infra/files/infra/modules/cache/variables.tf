variable "name" {
  description = "Name of the environment, such as todo-staging: prefix of what is made."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,58}[a-z0-9]$", var.name))
    error_message = "The name must have 2 to 60 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen."
  }
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, each in a zone of its own."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A cache needs subnets in two zones, or its replica is gone with the primary. Write two or three."
  }
}

variable "client_security_group_ids" {
  description = "Security groups of the clients, by name: nobody else reaches the cache."
  type        = map(string)

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "Without a client the cache is of no use. Write the security group of the tasks."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts what is stored. Changing it replaces the cache."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key and not an alias. Write arn:aws:kms:…:key/…."
  }
}

variable "node_type" {
  description = "Size of a node."
  type        = string

  validation {
    condition     = can(regex("^cache\\.[a-z0-9]+\\.[a-z0-9]+$", var.node_type))
    error_message = "node_type must be a size of ElastiCache. Write cache.t4g.micro (0.5 GiB), or a larger one."
  }
}

variable "replicas" {
  description = "Nodes in other zones that follow the primary, one of which takes over where it fails. Without one, the service does without the cache meanwhile."
  type        = number

  validation {
    condition     = contains([0, 1, 2], var.replicas)
    error_message = "replicas must be 0, 1 or 2. Write 1 where the database should not bear all reads when a node fails."
  }
}

variable "alarm_topic_arn" {
  description = "Topic that is told when the cache has too much to do."
  type        = string
}
