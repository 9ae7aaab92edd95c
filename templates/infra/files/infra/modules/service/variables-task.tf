variable "container_port" {
  description = "Port of requests: ports.http of service.json."
  type        = number
}

variable "management_port" {
  description = "Port of health checks and metrics: ports.management of service.json."
  type        = number

  validation {
    condition     = var.management_port != var.container_port
    error_message = "management_port must differ from container_port: the balancer would show metrics to the world. Change the ports in service.json."
  }
}

variable "cpu_units" {
  description = "CPU of a task; 1024 units are one vCPU."
  type        = number

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu_units)
    error_message = "Fargate doesn't offer that much CPU. Write 256, 512, 1024, 2048, 4096, 8192 or 16384 units."
  }
}

variable "memory_mib" {
  description = "Memory of a task, in MiB."
  type        = number

  validation {
    condition = contains(lookup({
      256   = [512, 1024, 2048]
      512   = range(1024, 4097, 1024)
      1024  = range(2048, 8193, 1024)
      2048  = range(4096, 16385, 1024)
      4096  = range(8192, 30721, 1024)
      8192  = range(16384, 61441, 4096)
      16384 = range(32768, 122881, 8192)
    }, var.cpu_units, [var.memory_mib]), var.memory_mib)
    error_message = "Fargate doesn't offer that much memory with that much CPU. Write for example 512 MiB with 256 units, 1024 with 512, 2048 with 1024, 4096 with 2048."
  }
}

variable "architecture" {
  description = "Processor for which the image is built: ARM64, which is cheaper, or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture must be ARM64 or X86_64, as ECS writes them."
  }
}

variable "placeholder_image" {
  description = "Image with Node.js that stands in until the first release. In a network without NAT, a copy of it in the repository `repository_arn`."
  type        = string
  default     = "public.ecr.aws/docker/library/node:24-slim"

  validation {
    condition     = can(regex("(:[^/:]*[0-9][^/:]*|@sha256:[0-9a-f]{64})$", var.placeholder_image))
    error_message = "placeholder_image needs a version or a digest. Write for example public.ecr.aws/docker/library/node:24-slim."
  }
}

variable "min_tasks" {
  description = "Tasks that always run. Two survive the loss of a zone."
  type        = number

  validation {
    condition     = var.min_tasks >= 1 && floor(var.min_tasks) == var.min_tasks
    error_message = "min_tasks must be a whole number from 1 on. Write 2 or more for production."
  }
}

variable "max_tasks" {
  description = "Tasks that autoscaling may start at most. The connections of the database bound it."
  type        = number

  validation {
    condition     = var.max_tasks >= var.min_tasks && floor(var.max_tasks) == var.max_tasks
    error_message = "max_tasks must be a whole number and not less than min_tasks."
  }
}

variable "target_requests_per_task" {
  description = "Requests a minute and task that autoscaling aims at."
  type        = number

  validation {
    condition     = var.target_requests_per_task > 0
    error_message = "target_requests_per_task must be more than 0. Write what one task serves well in a minute, such as 6000."
  }
}

variable "target_cpu_percent" {
  description = "Use of CPU, in percent, that autoscaling aims at."
  type        = number
  default     = 60

  validation {
    condition     = var.target_cpu_percent >= 10 && var.target_cpu_percent <= 90
    error_message = "target_cpu_percent must be between 10 and 90: new tasks need time to start, so leave them some room."
  }
}

variable "health_check_grace_seconds" {
  description = "Seconds a task gets to start before failed health checks count. Too few make even a rollback fail."
  type        = number
  default     = 60

  validation {
    condition     = var.health_check_grace_seconds >= 10 && var.health_check_grace_seconds <= 300
    error_message = "health_check_grace_seconds must be between 10 and 300, the most that ECS allows for the start of a container."
  }
}

variable "stop_timeout_seconds" {
  description = "Seconds between SIGTERM and SIGKILL."
  type        = number
  default     = 45

  validation {
    condition     = var.stop_timeout_seconds >= 2 && var.stop_timeout_seconds <= 120
    error_message = "stop_timeout_seconds must be between 2 and 120, the most that Fargate allows."
  }
}

variable "drain_ms" {
  description = "Milliseconds a stopping task still takes requests: timeouts.drainMs of service.json."
  type        = number
}

variable "shutdown_ms" {
  description = "Milliseconds stopping may take altogether: timeouts.shutdownMs of service.json."
  type        = number
}

variable "keep_alive_ms" {
  description = "Milliseconds the service keeps idle connections open: timeouts.keepAliveMs of service.json."
  type        = number
}

variable "idle_timeout_seconds" {
  description = "Seconds the balancer keeps idle connections open: what the module load-balancer gets."
  type        = number
}

variable "deregistration_delay_seconds" {
  description = "Seconds the balancer waits for requests of a leaving task: what the module load-balancer gets."
  type        = number
}

variable "environment" {
  description = "Further variables of service and migrations, such as ENVIRONMENT and LOG_LEVEL. Anybody who may look at ECS can read them."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : !can(regex("SECRET|PASSWORD|TOKEN|KEY", upper(name)))])
    error_message = "A variable whose name has SECRET, PASSWORD, TOKEN or KEY in it looks like a secret. Keep it in Secrets Manager and pass its ARN in secrets."
  }

  validation {
    condition     = length(setintersection(keys(var.environment), local.owned_environment)) == 0
    error_message = "This module sets ports, timeouts and the database itself, from other variables that it has checked. Change those, or service.json."
  }
}

variable "secrets" {
  description = "Variables of the service whose values ECS reads from Secrets Manager when a task starts: ARNs, with `:<key>::` behind them for one key of a secret in JSON."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:[^:]+(:[^:]*:[^:]*:[^:]*)?$", arn))])
    error_message = "Each secret must be the ARN of a secret in Secrets Manager, and never its value. Write arn:aws:secretsmanager:…:secret:<name>, with :<key>:: behind it for one key."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), concat(keys(var.environment), local.owned_environment))) == 0
    error_message = "A variable can't be in secrets and in the environment."
  }
}

variable "exec_enabled" {
  description = "Whether people may open shells in tasks (ECS Exec). The file system of the tasks then can't be read-only: for the time of an investigation."
  type        = bool
  default     = false
}

variable "database" {
  description = "The database: outputs of the module database."
  type = object({
    endpoint          = string
    port              = number
    name              = string
    resource_id       = string
    app_user          = string
    master_username   = string
    master_secret_arn = string
    security_group_id = string
  })
}

variable "pool_size" {
  description = "Connections in the pool of a task: database.poolSize of service.json."
  type        = number

  validation {
    condition     = var.pool_size >= 1
    error_message = "pool_size must be 1 or more. Change database.poolSize in service.json."
  }
}

variable "reserved_connections" {
  description = "Connections that stay free for migrations, people and RDS itself."
  type        = number
  default     = 10

  validation {
    condition     = var.reserved_connections >= 5
    error_message = "reserved_connections must be 5 or more: RDS keeps some for itself, and a migration takes two."
  }
}

variable "max_connections" {
  description = "Connections that the database accepts: what the module database gets."
  type        = number
}
