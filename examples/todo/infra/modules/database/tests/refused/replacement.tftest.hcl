# Refused: Instance cannot be destroyed
mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/todo-production-monitoring" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address     = "todo-production.abc.eu-central-1.rds.amazonaws.com"
      resource_id = "db-ABC"
      master_user_secret = [{
        kms_key_id    = "arn:aws:kms:eu-central-1:111122223333:key/0000"
        secret_arn    = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-abc-123456"
        secret_status = "active"
      }]
    }
  }
}

variables {
  name                      = "todo-production"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-1", "subnet-2"]
  client_security_group_ids = { service = "sg-service", migration = "sg-migration" }
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/0000"
  database_name             = "todo"
  postgres_version          = "17"
  instance_class            = "db.m7g.large"
  allocated_storage_gib     = 50
  max_allocated_storage_gib = 500
  multi_az                  = true
  backup_retention_days     = 14
  max_connections           = 400
}

run "there_is_a_database" {
  command   = apply
  state_key = "database"
}

# What AWS can't change in place (the name of the database, its engine, its key) Terraform replaces: this plan asks for
# just that, since providers that are mocked know no such arguments.
run "its_replacement_is_planned" {
  command   = plan
  state_key = "database"

  plan_options {
    replace = [aws_db_instance.this]
  }
}
