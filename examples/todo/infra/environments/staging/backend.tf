# The bucket that `bootstrap` made; what is missing here comes from `../../backend.hcl`.
terraform {
  backend "s3" {
    key          = "staging/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
