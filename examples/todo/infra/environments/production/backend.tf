# The bucket that `bootstrap` made; what is missing here comes from `../../backend.hcl`.
terraform {
  backend "s3" {
    key          = "production/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
