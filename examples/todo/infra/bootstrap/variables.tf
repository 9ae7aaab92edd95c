variable "service" {
  description = "Name of the service: the `name` in service.json."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.service))
    error_message = "The service must have 2 to 40 lower-case letters, digits and hyphens and start with a letter. Write the name of service.json, such as todo."
  }
}

variable "region" {
  description = "AWS region of everything that is made."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "That isn't the name of a region. Write for example eu-central-1."
  }
}

variable "environments" {
  description = "Names of the environments, the same in GitHub and AWS."
  type        = set(string)
  default     = ["staging", "production"]

  validation {
    condition     = length(var.environments) > 0 && alltrue([for e in var.environments : can(regex("^[a-z][a-z0-9]{1,9}$", e))])
    error_message = "Each environment must have 2 to 10 lower-case letters and digits and start with a letter, and there must be one at least. Write for example [\"staging\", \"production\"]."
  }

  validation {
    condition     = length(var.environments) <= 8
    error_message = "A role takes ten policies, and the plan role needs one for each environment: name eight at most. Make a further account for more."
  }

  validation {
    condition     = length(setintersection(var.environments, ["bootstrap", "shared", "state"])) == 0
    error_message = "bootstrap, shared and state mean what the environments share. Choose other names for environments."
  }
}

variable "github_owner" {
  description = "User or organisation that owns the repository, in the case that GitHub shows."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?$", var.github_owner))
    error_message = "github_owner isn't the name of a GitHub user or organisation. Write the part before the slash, such as acme."
  }
}

variable "github_owner_id" {
  description = "Number of the owner: `gh api repos/OWNER/NAME --jq .owner.id`."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]*$", var.github_owner_id))
    error_message = "github_owner_id must be a number. Ask for it: gh api repos/OWNER/NAME --jq .owner.id"
  }
}

variable "github_repository" {
  description = "Name of the repository, without its owner, in the case that GitHub shows."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,100}$", var.github_repository))
    error_message = "github_repository must be the name of one repository, without its owner and without wildcards. Write for example todo."
  }
}

variable "github_repository_id" {
  description = "Number of the repository: `gh api repos/OWNER/NAME --jq .id`. It stays when the repository is renamed, and no other ever gets it."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]*$", var.github_repository_id))
    error_message = "github_repository_id must be a number. Ask for it: gh api repos/OWNER/NAME --jq .id"
  }
}

variable "create_github_oidc_provider" {
  description = "Whether to make GitHub's OIDC provider. An account can have one only: false where another service made it."
  type        = bool
  default     = true
}

variable "hosted_zone_ids" {
  description = "Hosted zones in Route 53 in which the infra roles may change records."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.hosted_zone_ids : can(regex("^Z[A-Z0-9]+$", id))])
    error_message = "Each hosted zone must be given by its id, without /hostedzone/. Write for example [\"Z0123456789ABC\"]."
  }
}
