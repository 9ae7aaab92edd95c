output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "arn_suffix" {
  description = "The balancer as CloudWatch names it in metrics (`app/<name>/<id>`)."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arn" {
  description = "ARN of the target group in which the tasks register."
  value       = aws_lb_target_group.this.arn

  # ECS refuses a service whose target group has no balancer yet.
  depends_on = [aws_lb_listener.https]
}

output "target_group_arn_suffix" {
  description = "The target group as CloudWatch names it in metrics (`targetgroup/<name>/<id>`)."
  value       = aws_lb_target_group.this.arn_suffix
}

output "security_group_id" {
  description = "Security group of the balancer: the tasks let in what comes from it."
  value       = aws_security_group.this.id
}

output "url" {
  description = "Where clients reach the service."
  value       = "https://${var.domain_name != null ? var.domain_name : aws_lb.this.dns_name}"
}

output "dns_name" {
  description = "The balancer's own name, to point a record at where DNS is kept elsewhere."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of the balancer's own name, for alias records."
  value       = aws_lb.this.zone_id
}
