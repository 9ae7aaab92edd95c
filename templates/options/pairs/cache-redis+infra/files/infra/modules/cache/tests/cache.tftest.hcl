mock_provider "aws" {
  mock_resource "aws_elasticache_replication_group" {
    defaults = { primary_endpoint_address = "master.todo-production.abc.euc1.cache.amazonaws.com" }
  }
}

variables {
  name                      = "todo-production"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-1", "subnet-2", "subnet-3"]
  client_security_group_ids = { service = "sg-service" }
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  node_type                 = "cache.t4g.micro"
  replicas                  = 1
  alarm_topic_arn           = "arn:aws:sns:eu-central-1:111122223333:alarms"
}

run "is_encrypted_and_private" {
  command = apply

  assert {
    condition = (
      aws_elasticache_replication_group.this.at_rest_encryption_enabled
      && aws_elasticache_replication_group.this.kms_key_id == var.kms_key_arn
      && aws_elasticache_replication_group.this.transit_encryption_enabled
      && aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    )
    error_message = "It must be encrypted where it is stored, with the key of the environment, and on every way."
  }
  assert {
    condition = (
      toset(aws_elasticache_subnet_group.this.subnet_ids) == toset(var.subnet_ids)
      && aws_elasticache_replication_group.this.subnet_group_name == aws_elasticache_subnet_group.this.name
      && aws_elasticache_replication_group.this.security_group_ids == toset([aws_security_group.this.id])
    )
    error_message = "It must be in private subnets, behind its own security group."
  }
  assert {
    condition = {
      for who, rule in aws_vpc_security_group_ingress_rule.client : who => "${rule.referenced_security_group_id}:${rule.from_port}-${rule.to_port}"
    } == { service = "sg-service:6379-6379" }
    error_message = "Its clients reach its port, and nobody else does."
  }
  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_egress_rule.client :
      rule.security_group_id == "sg-service" && rule.referenced_security_group_id == aws_security_group.this.id && rule.to_port == 6379
    ])
    error_message = "Its clients may call it."
  }
  assert {
    condition     = output.url == "rediss://master.todo-production.abc.euc1.cache.amazonaws.com:6379"
    error_message = "The URL must be of the primary, by TLS."
  }
}

run "survives_the_loss_of_a_zone" {
  command = plan

  assert {
    condition = (
      aws_elasticache_replication_group.this.num_cache_clusters == 2
      && aws_elasticache_replication_group.this.automatic_failover_enabled
      && aws_elasticache_replication_group.this.multi_az_enabled
    )
    error_message = "A replica in another zone must take over."
  }
  assert {
    condition     = one(aws_elasticache_parameter_group.this.parameter).value == "allkeys-lru"
    error_message = "A full cache must forget, and not refuse."
  }
}

run "one_node_has_nothing_to_fail_over_to" {
  command = plan

  variables {
    replicas = 0
  }

  assert {
    condition = (
      aws_elasticache_replication_group.this.num_cache_clusters == 1
      && !aws_elasticache_replication_group.this.automatic_failover_enabled
      && !aws_elasticache_replication_group.this.multi_az_enabled
    )
    error_message = "AWS refuses a failover without a replica."
  }
}

run "tells_of_each_node" {
  command = plan

  assert {
    condition = toset([for alarm in aws_cloudwatch_metric_alarm.this : "${alarm.dimensions.CacheClusterId} ${alarm.metric_name}"]) == toset([
      "todo-production-001 EngineCPUUtilization", "todo-production-001 SwapUsage",
      "todo-production-002 EngineCPUUtilization", "todo-production-002 SwapUsage",
    ])
    error_message = "Each node must have both alarms."
  }
  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([var.alarm_topic_arn]) && startswith(alarm.alarm_name, "todo-production-")
    ])
    error_message = "Somebody must hear of them, and the infra role may make them by this name."
  }
}

run "a_long_name_is_cut" {
  command = plan

  variables {
    name = "a-service-with-a-name-that-is-long-production"
  }

  assert {
    condition     = length(aws_elasticache_replication_group.this.replication_group_id) <= 32 && startswith(aws_elasticache_replication_group.this.replication_group_id, "a-service-with-a-name-t")
    error_message = "ElastiCache takes 40 characters."
  }
}
