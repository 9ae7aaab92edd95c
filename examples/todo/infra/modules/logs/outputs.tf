output "log_group_names" {
  description = "Names of the log groups by what writes to them: `service` and `migration`."
  value       = { for key, group in aws_cloudwatch_log_group.this : key => group.name }
}

output "log_group_arns" {
  description = "ARNs of the log groups, with the same keys as `log_group_names`."
  value       = { for key, group in aws_cloudwatch_log_group.this : key => group.arn }
}

output "metric_namespace" {
  description = "CloudWatch namespace of the metrics counted from log lines."
  value       = local.namespace
}

output "error_metric_name" {
  description = "Name of the metric that counts lines of level error and fatal of the service."
  value       = aws_cloudwatch_log_metric_filter.this["ErrorCount"].metric_transformation[0].name
}

output "migration_failed_metric_name" {
  description = "Name of the metric that counts failed migrations."
  value       = aws_cloudwatch_log_metric_filter.this["MigrationFailed"].metric_transformation[0].name
}
