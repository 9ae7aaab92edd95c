variable "name" {
  description = "Prefix of all names: `<service>-<environment>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,49}[a-z0-9]$", var.name))
    error_message = "The name must have 3 to 51 lower-case letters, digits and hyphens and start with a letter. Write <service>-<environment>, such as todo-staging."
  }
}

variable "monthly_limit_usd" {
  description = "What a month may cost, in US dollars."
  type        = number

  validation {
    condition     = var.monthly_limit_usd > 0
    error_message = "monthly_limit_usd must be more than 0. Write what a month may cost in US dollars, such as 150."
  }
}

variable "email" {
  description = "Who is told. AWS sends the mails directly: there is nothing to confirm."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.email))
    error_message = "email isn't an e-mail address. Write one that a person reads, such as team@example.com."
  }
}

variable "cost_allocation_tag" {
  description = "Counts only what has this tag; null counts the whole account. The tag must be activated for cost allocation in the billing settings first, otherwise the budget counts nothing."
  type        = object({ key = string, value = string })
  default     = null

  validation {
    condition     = var.cost_allocation_tag == null ? true : alltrue([for part in values(var.cost_allocation_tag) : length(part) > 0])
    error_message = "The tag needs a key and a value. Write for example { key = \"environment\", value = \"staging\" }, or null for the whole account."
  }
}
