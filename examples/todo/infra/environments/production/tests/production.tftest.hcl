mock_provider "aws" {
  source = "../../modules/environment/tests/mocks"
}

variables {
  region          = "eu-central-1"
  alarm_email     = "team@example.com"
  domain_name     = "api.example.com"
  hosted_zone_id  = "Z0123456789ABC"
  certificate_arn = null
}

run "agrees_with_service_json" {
  command = plan

  assert {
    condition = (
      module.environment.timeouts.stop * 1000 > local.service.timeouts.shutdownMs + 5000
      && local.service.timeouts.shutdownMs > local.service.timeouts.drainMs
      && module.environment.timeouts.deregistration_delay <= module.environment.timeouts.stop
      && local.service.timeouts.requestMs <= module.environment.timeouts.deregistration_delay * 1000
      && local.service.timeouts.requestMs < module.environment.timeouts.balancer_idle * 1000
      && module.environment.timeouts.balancer_idle * 1000 < local.service.timeouts.keepAliveMs
    )
    error_message = "A release loses requests where these timeouts don't nest."
  }
  assert {
    condition     = module.environment.connections.needed <= 0.8 * module.environment.connections.accepted
    error_message = "In the middle of a release, the tasks must find a free connection."
  }
}

run "can_be_made" {
  command   = apply
  state_key = "environment"

  assert {
    condition = (
      output.url == "https://api.example.com"
      && output.deployment.cluster == "${local.service.name}-production"
      && output.deployment == module.environment.deployment
      && output.dns_name == module.environment.dns_name
      && output.dashboard_url == module.environment.dashboard_url
      && output.alarm_topic_arn == module.environment.alarm_topic_arn
      && output.observability == module.environment.observability
    )
    error_message = "The outputs must say where everything is."
  }
}

run "forget_the_database" {
  command   = apply
  state_key = "environment"

  module {
    source = "./tests/forget"
  }
}

run "brings_a_certificate_of_its_own" {
  command = plan

  variables {
    domain_name     = null
    hosted_zone_id  = null
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/5"
  }
}
