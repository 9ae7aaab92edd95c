variable "name" {
  description = "Name of the repository: the service, without an environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "The name must have 2 to 40 lower-case letters, digits and hyphens and start with a letter. Write the name of the service, such as todo."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the images. Changing it replaces the repository."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not an alias), such as arn:aws:kms:eu-central-1:111122223333:key/…"
  }
}

variable "untagged_retention_days" {
  description = "Days after which an image without any tag is deleted."
  type        = number
  default     = 14

  validation {
    condition     = var.untagged_retention_days >= 1 && floor(var.untagged_retention_days) == var.untagged_retention_days
    error_message = "untagged_retention_days must be a whole number of days of at least 1. Write 14 if in doubt."
  }
}

variable "kept_images" {
  description = "Number of newest `build-*` images that are kept. Released images are always kept and don't count."
  type        = number
  default     = 50

  validation {
    condition     = var.kept_images >= 10 && floor(var.kept_images) == var.kept_images
    error_message = "kept_images must be a whole number of at least 10, so that a build isn't gone before it's promoted. Write 50 if in doubt."
  }
}
