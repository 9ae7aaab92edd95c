output "url" {
  description = "Where clients reach the service."
  value       = module.environment.url
}

output "dns_name" {
  description = "The balancer's own name, to point a record at where DNS is kept elsewhere."
  value       = module.environment.dns_name
}

output "dashboard_url" {
  description = "Where the dashboard is."
  value       = module.environment.dashboard_url
}

output "alarm_topic_arn" {
  description = "Topic to which all alarms publish, for further subscriptions."
  value       = module.environment.alarm_topic_arn
}

output "observability" {
  description = "Where Prometheus, Loki and Grafana are."
  value       = module.environment.observability
}

output "deployment" {
  description = "What a release has to know, as the parameter `/<service>/<environment>/deployment` says it."
  value       = module.environment.deployment
}
