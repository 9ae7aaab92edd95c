output "state_bucket" {
  description = "Bucket of the Terraform state."
  value       = aws_s3_bucket.state.bucket
}

output "backend_config" {
  description = "What to write to `infra/backend.hcl`: `terraform output -raw backend_config > ../backend.hcl`."
  value       = <<-HCL
    bucket     = "${aws_s3_bucket.state.bucket}"
    region     = "${var.region}"
    kms_key_id = "${aws_kms_key.this["state"].arn}"
  HCL
}

output "deploy_role_arns" {
  description = "Role that releases, by environment: the variable AWS_DEPLOY_ROLE_ARN of the GitHub environment."
  value       = { for environment, role in aws_iam_role.deploy : environment => role.arn }
}

output "infra_role_arns" {
  description = "Role that applies Terraform, by environment: the variable AWS_INFRA_ROLE_ARN of the GitHub environment."
  value       = { for environment, role in aws_iam_role.infra : environment => role.arn }
}

output "plan_role_arn" {
  description = "Role that plans in pull requests: the variable AWS_PLAN_ROLE_ARN of the GitHub repository."
  value       = aws_iam_role.plan.arn
}

output "permissions_boundary_arns" {
  description = "Boundary of all roles of an environment, by environment: the `permissions_boundary_arn` of the modules."
  value       = { for environment, policy in aws_iam_policy.boundary : environment => policy.arn }
}

output "release_history_paths" {
  description = "Where releases are recorded in SSM, by environment."
  value       = { for environment in var.environments : environment => "/${var.service}/${environment}/releases" }
}

output "repository_url" {
  description = "Where images are pushed to and pulled from, without a tag."
  value       = module.registry.repository_url
}

output "repository_arn" {
  description = "ARN of the repository, for the execution role of the tasks."
  value       = module.registry.repository_arn
}

output "repository_name" {
  description = "Name of the repository."
  value       = module.registry.repository_name
}
