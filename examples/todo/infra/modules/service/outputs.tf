output "cluster_name" {
  description = "Name of the cluster, the same as `name`."
  value       = aws_ecs_cluster.this.name
}

output "cluster_arn" {
  description = "ARN of the cluster."
  value       = aws_ecs_cluster.this.arn
}

output "service_name" {
  description = "Name of the service, the same as `name`."
  value       = aws_ecs_service.this.name
}

output "template_family" {
  description = "Family whose newest revision a release clones, with its image and without `command`."
  value       = aws_ecs_task_definition.service.family
}

output "migration_template_family" {
  description = "Family whose newest revision a release clones for its migration, with its image."
  value       = aws_ecs_task_definition.migration.family
}

output "container_name" {
  description = "Name of the container in both families."
  value       = local.container_name
}

output "task_security_group_id" {
  description = "Security group of the tasks: the database lets it in."
  value       = aws_security_group.service.id
}

output "migration_security_group_id" {
  description = "Security group of migrations: the database lets it in."
  value       = aws_security_group.migration.id
}

output "migration_network" {
  description = "Where a release runs its migration: what `aws ecs run-task` calls awsvpcConfiguration."
  value = {
    subnets        = var.private_subnet_ids
    securityGroups = [aws_security_group.migration.id]
    assignPublicIp = "DISABLED"
  }
}

output "task_role_arn" {
  description = "Role of the code of the service."
  value       = aws_iam_role.this["task"].arn
}

output "execution_role_arn" {
  description = "Role with which ECS starts the service."
  value       = aws_iam_role.this["execution"].arn
}

output "migration_task_role_arn" {
  description = "Role of the code of migrations."
  value       = aws_iam_role.this["migration-task"].arn
}

output "migration_execution_role_arn" {
  description = "Role with which ECS starts migrations."
  value       = aws_iam_role.this["migration-execution"].arn
}

output "connections_needed" {
  description = "Connections that the service may take at worst, in the middle of a release: at most 80 % of max_connections."
  value       = local.connections_needed
}

output "scrapers" {
  description = "Security groups that may read metrics, by name."
  value       = { for name, rule in aws_vpc_security_group_ingress_rule.metrics : name => rule.referenced_security_group_id }
}
