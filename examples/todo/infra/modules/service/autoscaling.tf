resource "aws_appautoscaling_target" "tasks" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.min_tasks
  max_capacity       = var.max_tasks
}

locals {
  # Whatever asks for more tasks wins. Requests are the earlier sign, CPU catches requests that grew heavier.
  scaling = {
    requests = {
      metric         = "ALBRequestCountPerTarget"
      resource_label = "${var.load_balancer_arn_suffix}/${var.target_group_arn_suffix}"
      target         = var.target_requests_per_task
    }
    cpu = {
      metric         = "ECSServiceAverageCPUUtilization"
      resource_label = null
      target         = var.target_cpu_percent
    }
  }
}

resource "aws_appautoscaling_policy" "this" {
  for_each = local.scaling

  name               = "${var.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks.service_namespace
  scalable_dimension = aws_appautoscaling_target.tasks.scalable_dimension
  resource_id        = aws_appautoscaling_target.tasks.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = each.value.target

    # Up at once, down slowly: longer than a release takes, so that it isn't disturbed.
    scale_out_cooldown = 60
    scale_in_cooldown  = 600

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.value.resource_label
    }
  }
}
