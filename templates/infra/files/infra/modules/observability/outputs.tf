output "scraper_security_group_id" {
  description = "Security group of the collector: the tasks let it read their metrics."
  value       = aws_security_group.task.id
}

output "prometheus_endpoint" {
  description = "Where Prometheus is queried, signed as `aps`."
  value       = aws_prometheus_workspace.this.prometheus_endpoint
}

output "loki_url" {
  description = "Where Loki is queried, within the network."
  value       = "http://${aws_service_discovery_service.loki.name}.${aws_service_discovery_private_dns_namespace.this.name}:${local.loki_port}"
}

output "grafana_url" {
  description = "Where Grafana is; null without `grafana_enabled`."
  value       = one([for workspace in aws_grafana_workspace.this : "https://${workspace.endpoint}"])
}
