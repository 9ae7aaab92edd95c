mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/todo-staging/0000"
      arn_suffix = "app/todo-staging/0000"
      dns_name   = "todo-staging-1.eu-central-1.elb.amazonaws.com"
      zone_id    = "Z215JYRZR1TBD5"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/todo-staging/0000"
      arn_suffix = "targetgroup/todo-staging/0000"
    }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-central-1:111122223333:certificate/made"
      domain_validation_options = [{
        domain_name           = "todo.example.com"
        resource_record_name  = "_check.todo.example.com."
        resource_record_type  = "CNAME"
        resource_record_value = "_answer.acm-validations.aws."
      }]
    }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/todo-staging/0000" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111122223333:log-group:aws-waf-logs-todo-staging" }
  }
}

variables {
  name                      = "todo-staging"
  vpc_id                    = "vpc-1"
  vpc_cidr                  = "10.20.0.0/16"
  subnet_ids                = ["subnet-1", "subnet-2"]
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  container_port            = 3000
  health_port               = 9000
  domain_name               = "todo.example.com"
  hosted_zone_id            = "Z0123456789"
  access_log_retention_days = 30
  deletion_protection       = true
  waf_enabled               = false
}

run "clients_get_https_only" {
  command = apply

  assert {
    condition     = aws_lb_listener.https.port == 443 && aws_lb_listener.https.protocol == "HTTPS" && startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    error_message = "The listener must speak TLS 1.2 and 1.3 and nothing older."
  }
  assert {
    condition = (
      aws_lb_listener.http.default_action[0].type == "redirect"
      && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS"
      && aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_301"
    )
    error_message = "HTTP must do nothing but redirect to HTTPS."
  }
  assert {
    condition     = aws_lb_listener.https.default_action[0].target_group_arn == aws_lb_target_group.this.arn
    error_message = "HTTPS must lead to the tasks."
  }
}

run "the_balancer_is_protected" {
  command = plan

  assert {
    condition = (
      aws_lb.this.enable_deletion_protection && aws_lb.this.drop_invalid_header_fields
      && aws_lb.this.desync_mitigation_mode == "strictest" && aws_lb.this.idle_timeout == 60
    )
    error_message = "The balancer must be protected from deletion and drop ambiguous requests."
  }
  assert {
    condition     = aws_lb.this.access_logs[0].enabled
    error_message = "Access logs must be on."
  }
  assert {
    condition     = length(aws_wafv2_web_acl.this) == 0
    error_message = "The firewall is an option."
  }
}

run "tasks_are_checked_on_their_management_port" {
  command = plan

  assert {
    condition = (
      aws_lb_target_group.this.health_check[0].port == "9000"
      && aws_lb_target_group.this.health_check[0].path == "/health/ready"
      && aws_lb_target_group.this.health_check[0].matcher == "200"
    )
    error_message = "Health must be asked of the management port."
  }
  assert {
    condition     = aws_lb_target_group.this.port == 3000 && aws_lb_target_group.this.target_type == "ip" && aws_lb_target_group.this.deregistration_delay == "30"
    error_message = "Requests must go to the container port, and have the delay to end in."
  }
}

run "the_internet_reaches_80_and_443_only" {
  command = plan

  assert {
    condition = toset([
      for rule in [aws_vpc_security_group_ingress_rule.https, aws_vpc_security_group_ingress_rule.http] : "${rule.from_port}-${rule.to_port}"
    ]) == toset(["443-443", "80-80"])
    error_message = "Only 80 and 443 may be open."
  }
  assert {
    condition = toset([
      for rule in aws_vpc_security_group_egress_rule.tasks : "${rule.cidr_ipv4} ${rule.from_port}-${rule.to_port}"
    ]) == toset(["10.20.0.0/16 3000-3000", "10.20.0.0/16 9000-9000"])
    error_message = "The balancer must call the ports of the tasks in this network, and nothing else."
  }
}

run "a_certificate_and_a_record_are_made" {
  command = apply

  assert {
    condition = (
      aws_acm_certificate.this["todo.example.com"].validation_method == "DNS"
      && aws_route53_record.validation["todo.example.com"].name == "_check.todo.example.com."
      && aws_route53_record.validation["todo.example.com"].zone_id == "Z0123456789"
      && aws_lb_listener.https.certificate_arn == aws_acm_certificate.this["todo.example.com"].arn
    )
    error_message = "The certificate must be proven by a record, and used."
  }
  assert {
    condition     = aws_route53_record.alias["todo.example.com"].alias[0].name == aws_lb.this.dns_name
    error_message = "The domain must lead to the balancer."
  }
  assert {
    condition     = output.url == "https://todo.example.com"
    error_message = "Clients must be sent to the domain."
  }
  assert {
    condition = (
      output.arn == aws_lb.this.arn && output.arn_suffix == "app/todo-staging/0000"
      && output.target_group_arn == aws_lb_target_group.this.arn && output.target_group_arn_suffix == "targetgroup/todo-staging/0000"
      && output.security_group_id == aws_security_group.this.id
      && output.dns_name == aws_lb.this.dns_name && output.zone_id == aws_lb.this.zone_id
    )
    error_message = "The outputs must be those of the balancer."
  }
}

run "a_certificate_is_given" {
  command = apply
  variables {
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/given"
    domain_name     = null
    hosted_zone_id  = null
  }

  assert {
    condition     = aws_lb_listener.https.certificate_arn == var.certificate_arn && length(aws_acm_certificate.this) == 0
    error_message = "The given certificate must be used, and none made."
  }
  assert {
    condition     = length(aws_route53_record.alias) == 0 && output.url == "https://todo-staging-1.eu-central-1.elb.amazonaws.com"
    error_message = "Without a domain, clients are sent to the balancer's own name."
  }
}

run "a_given_certificate_with_a_record" {
  command = plan
  variables {
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/given"
  }

  assert {
    condition     = length(aws_acm_certificate.this) == 0 && length(aws_route53_record.alias) == 1 && output.url == "https://todo.example.com"
    error_message = "The domain must lead to the balancer with the given certificate."
  }
}

run "access_logs_are_private" {
  command = apply

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.access_logs.block_public_acls,
      aws_s3_bucket_public_access_block.access_logs.block_public_policy,
      aws_s3_bucket_public_access_block.access_logs.ignore_public_acls,
      aws_s3_bucket_public_access_block.access_logs.restrict_public_buckets,
      aws_s3_bucket_ownership_controls.access_logs.rule[0].object_ownership == "BucketOwnerEnforced",
    ])
    error_message = "The bucket must not be public in any way."
  }
  assert {
    condition = anytrue([
      for s in jsondecode(aws_s3_bucket_policy.access_logs.policy).Statement :
      s.Effect == "Deny" && try(s.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "Without TLS, everything must be denied."
  }
  assert {
    condition = alltrue([
      for s in jsondecode(aws_s3_bucket_policy.access_logs.policy).Statement :
      s.Action == "s3:PutObject" && strcontains(s.Resource, "/AWSLogs/111122223333/") && strcontains(jsonencode(s.Condition), "111122223333")
      if s.Effect == "Allow"
    ])
    error_message = "Only balancers of this account may write, each into the account's folder."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.access_logs.rule[0].expiration[0].days == 30 && !aws_s3_bucket.access_logs.force_destroy
    error_message = "Logs must be kept as long as asked."
  }
  assert {
    condition = one([
      for rule in aws_s3_bucket_server_side_encryption_configuration.access_logs.rule : rule.apply_server_side_encryption_by_default[0].sse_algorithm
    ]) == "AES256"
    error_message = "Logs must be encrypted in the one way that balancers can write."
  }
}

run "a_firewall_is_put_in_front" {
  command = apply
  variables {
    waf_enabled                  = true
    waf_rate_limit_per_5_minutes = 500
  }

  assert {
    condition     = aws_wafv2_web_acl_association.this["this"].resource_arn == aws_lb.this.arn
    error_message = "The firewall must stand before the balancer."
  }
  assert {
    condition = anytrue([
      for rule in aws_wafv2_web_acl.this["this"].rule : try(rule.statement[0].rate_based_statement[0].limit, 0) == 500
    ]) && length(aws_wafv2_web_acl.this["this"].rule) == 4
    error_message = "The firewall must have the limit per address and three groups of AWS."
  }
  assert {
    condition = (
      aws_wafv2_web_acl_logging_configuration.this["this"].log_destination_configs == toset([aws_cloudwatch_log_group.firewall["this"].arn])
      && aws_cloudwatch_log_group.firewall["this"].kms_key_id == var.kms_key_arn
      && aws_cloudwatch_log_group.firewall["this"].retention_in_days == 30
    )
    error_message = "What the firewall blocks must be logged, encrypted and for as long as asked."
  }
}

run "long_names_fit" {
  command = plan
  variables {
    name                = "a-service-with-a-name-as-long-as-allowed-production"
    deletion_protection = false
  }

  assert {
    condition = (
      length(aws_lb.this.name) <= 32 && length(aws_lb_target_group.this.name) <= 32
      && length(aws_s3_bucket.access_logs.bucket) <= 63
      && aws_lb.this.name != aws_lb_target_group.this.name
    )
    error_message = "Names must keep the limits of AWS."
  }
  assert {
    condition     = aws_s3_bucket.access_logs.force_destroy
    error_message = "What isn't protected must be destroyable."
  }
}

run "short_names_are_kept" {
  command = plan
  variables {
    container_port = 3001
  }

  assert {
    condition     = aws_lb.this.name == "todo-staging" && aws_lb_target_group.this.name != "todo-staging-${substr(sha1("todo-staging:3000"), 0, 8)}"
    error_message = "Another port must give another name to the target group, or the new one can't be made before the old one goes."
  }
}
