locals {
  # Balancers and target groups may have 32 characters. A short hash keeps names that are cut apart.
  short_name = length(var.name) <= 32 ? var.name : "${trimsuffix(substr(var.name, 0, 23), "-")}-${substr(sha1(var.name), 0, 8)}"

  # Another port needs another target group, made before the old one goes: so its name must differ.
  target_group_name = "${trimsuffix(substr(var.name, 0, 23), "-")}-${substr(sha1("${var.name}:${var.container_port}"), 0, 8)}"
}

resource "aws_lb" "this" {
  # checkov:skip=CKV_AWS_150:Staging may be destroyed; the policy wants the protection in production.
  name               = local.short_name
  load_balancer_type = "application"
  internal           = false
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.this.id]

  enable_deletion_protection = var.deletion_protection
  idle_timeout               = var.idle_timeout_seconds

  # Requests that a server could read in two ways are how request smuggling works: they end here.
  desync_mitigation_mode     = "strictest"
  drop_invalid_header_fields = true

  access_logs {
    bucket  = aws_s3_bucket.access_logs.bucket
    enabled = true
  }

  # AWS writes a test file when access logs are turned on, and refuses where it may not.
  depends_on = [aws_s3_bucket_policy.access_logs]
}

resource "aws_lb_target_group" "this" {
  name        = local.target_group_name
  vpc_id      = var.vpc_id
  target_type = "ip"
  port        = var.container_port

  # TLS ends at the balancer. Between it and the tasks, AWS keeps traffic within the VPC, and security groups guard it.
  protocol = "HTTP"

  deregistration_delay = var.deregistration_delay_seconds

  # Requests of an API differ in length: the task with the fewest open ones is the one that can take another.
  load_balancing_algorithm_type = "least_outstanding_requests"

  # A task that stops says so on its health port at once; within 20 seconds no new request reaches it.
  health_check {
    port                = tostring(var.health_port)
    path                = var.health_path
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = local.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
