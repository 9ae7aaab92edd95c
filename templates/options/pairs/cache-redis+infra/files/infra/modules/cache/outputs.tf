output "url" {
  description = "Where the tasks reach the cache, by TLS: the primary, whichever node that is."
  value       = "rediss://${aws_elasticache_replication_group.this.primary_endpoint_address}:${local.port}"
}

output "security_group_id" {
  description = "Security group of the cache."
  value       = aws_security_group.this.id
}

output "node_ids" {
  description = "Ids of the nodes, as metrics name them."
  value       = local.node_ids
}
