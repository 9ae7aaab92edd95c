output "url" {
  description = "Where clients reach the service."
  value       = module.load_balancer.url
}

output "dns_name" {
  description = "The balancer's own name, to point a record at where DNS is kept elsewhere."
  value       = module.load_balancer.dns_name
}

output "dashboard_url" {
  description = "Where the dashboard is."
  value       = module.dashboard.dashboard_url
}

output "alarm_topic_arn" {
  description = "Topic to which all alarms publish, for further subscriptions."
  value       = module.alarms.topic_arn
}

output "observability" {
  description = "Where Prometheus (signed as `aps`), Loki (within the network) and Grafana are; null where the team brings its own."
  value = one([
    for part in module.observability :
    { region = var.region, prometheus = part.prometheus_endpoint, loki = part.loki_url, grafana = part.grafana_url }
  ])
}

output "deployment" {
  description = "What a release has to know, as the parameter `/<service>/<environment>/deployment` says it."
  value       = local.deployment
}

output "connections" {
  description = "Connections that the tasks may need in the middle of a release, and those that the database accepts."
  value       = { needed = module.service.connections_needed, accepted = var.database.max_connections }
}

output "timeouts" {
  description = "Seconds that the balancer, the tasks and ECS give each other."
  value = {
    balancer_idle        = local.idle_timeout_seconds
    deregistration_delay = local.deregistration_delay_seconds
    stop                 = local.stop_timeout_seconds
  }
}
