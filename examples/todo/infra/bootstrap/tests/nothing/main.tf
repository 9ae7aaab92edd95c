# Holds nothing on purpose. A run with this in place of the configuration lets a test clean up what `prevent_destroy`
# protects: Terraform may destroy what is no longer in the configuration.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
