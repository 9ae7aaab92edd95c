mock_provider "aws" {}

variables {
  name                      = "todo-production"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-1", "subnet-2"]
  client_security_group_ids = { service = "sg-service" }
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  node_type                 = "cache.t4g.micro"
  replicas                  = 1
  alarm_topic_arn           = "arn:aws:sns:eu-central-1:111122223333:alarms"
}

run "refuses_a_name_that_aws_refuses" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "Todo_Production"
  }
}

run "refuses_one_zone" {
  command         = plan
  expect_failures = [var.subnet_ids]

  variables {
    subnet_ids = ["subnet-1"]
  }
}

run "refuses_no_clients" {
  command         = plan
  expect_failures = [var.client_security_group_ids]

  variables {
    client_security_group_ids = {}
  }
}

run "refuses_an_alias" {
  command         = plan
  expect_failures = [var.kms_key_arn]

  variables {
    kms_key_arn = "alias/todo-production"
  }
}

run "refuses_a_size_of_databases" {
  command         = plan
  expect_failures = [var.node_type]

  variables {
    node_type = "db.t4g.micro"
  }
}

run "refuses_many_replicas" {
  command         = plan
  expect_failures = [var.replicas]

  variables {
    replicas = 7
  }
}
