output "instance_arn" {
  description = "ARN of the database."
  value       = aws_db_instance.this.arn
}

output "identifier" {
  description = "The database as CloudWatch names it in metrics."
  value       = aws_db_instance.this.identifier
}

output "resource_id" {
  description = "The database as IAM names it in `rds-db:connect`, and as a restore to a point in time asks for it."
  value       = aws_db_instance.this.resource_id
}

output "endpoint" {
  description = "Host name of the database. After a failover it points at the new instance."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of the database."
  value       = local.port
}

output "database_name" {
  description = "Name of the database."
  value       = var.database_name
}

output "app_user" {
  description = "Role with which the service logs in, by a token of IAM. The first migration makes it."
  value       = local.app_user
}

output "master_username" {
  description = "Role that owns the schema and migrates it."
  value       = aws_db_instance.this.username
}

output "master_secret_arn" {
  description = "Secret that RDS made and rotates, with the keys `username` and `password` of the master role."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

output "security_group_id" {
  description = "Security group of the database, for the rules of those who call it."
  value       = aws_security_group.this.id
}

output "log_group_names" {
  description = "Names of the log groups, by RDS's name of the log."
  value       = { for kind, group in aws_cloudwatch_log_group.this : kind => group.name }
}
