# The bucket that this root makes holds its own state too. For the first apply there is no bucket yet: README says how
# `backend_override.tf` keeps the state on disk until then. What is missing here comes from `../backend.hcl`.
terraform {
  backend "s3" {
    key          = "bootstrap/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
