output "topic_arn" {
  description = "Topic to which all alarms publish, for further subscriptions such as a chat or a pager."
  value       = aws_sns_topic.this.arn
}

output "rollback_alarm_names" {
  description = "Alarms that roll a deployment back: what a bad release does to the users. They depend on the balancer alone, so the service can depend on them."
  value = [
    aws_cloudwatch_metric_alarm.server_errors.alarm_name,
    aws_cloudwatch_metric_alarm.this["latency"].alarm_name,
    aws_cloudwatch_metric_alarm.this["unhealthy-hosts"].alarm_name,
  ]
}

output "alarm_arns" {
  description = "ARNs of all alarms, for the dashboard."
  value       = concat([aws_cloudwatch_metric_alarm.server_errors.arn], [for key in sort(keys(local.metric_alarms)) : aws_cloudwatch_metric_alarm.this[key].arn])
}
