mock_provider "aws" {}

variables {
  name                     = "todo-staging"
  region                   = "eu-central-1"
  alarm_arns               = ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:todo-staging-latency"]
  load_balancer_arn_suffix = "app/todo-staging/1"
  target_group_arn_suffix  = "targetgroup/todo-staging/2"
  cluster_name             = "todo-staging"
  service_name             = "todo-staging"
  database_identifier      = "todo-staging"
  database_max_connections = 100
  log_group_names          = { service = "/todo-staging/service", migration = "/todo-staging/migration" }
  log_metrics = {
    namespace                    = "todo-staging/logs"
    error_metric_name            = "ErrorCount"
    migration_failed_metric_name = "MigrationFailed"
  }
}

run "shows_what_matters" {
  command = plan

  assert {
    condition = [for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : w.properties.title] == [
      "Alarms",
      "Requests per minute", "Errors per minute", "Latency",
      "Tasks", "CPU of the tasks", "Memory of the tasks",
      "Connections of the database", "CPU of the database", "Free storage of the database",
      "Latency of the database's storage", "Free memory of the database", "Failed migrations",
      "Errors, with the request they belong to", "Migrations",
    ]
    error_message = "A widget is missing."
  }
  assert {
    condition = toset(flatten([
      for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : [for m in try(w.properties.metrics, []) : m[0]]
    ])) == toset(["AWS/ApplicationELB", "AWS/ECS", "AWS/RDS", "ECS/ContainerInsights", "todo-staging/logs"])
    error_message = "A source of metrics is missing, or there's one too many."
  }
  assert {
    condition     = jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[7].properties.annotations.horizontal[0].value == 100
    error_message = "The limit of the connections must be drawn."
  }
  assert {
    condition = (
      startswith(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[13].properties.query, "SOURCE '/todo-staging/service' | ")
      && strcontains(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[13].properties.query, "request_id")
    )
    error_message = "Errors must be shown with their request."
  }
}

run "fits_the_grid" {
  command = apply

  assert {
    condition = alltrue([
      for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : w.x + w.width <= 24
    ])
    error_message = "A dashboard has 24 columns."
  }
  assert {
    condition = length(distinct([
      for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : "${w.x} ${w.y}"
    ])) == length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets)
    error_message = "Two widgets are in the same place."
  }
  assert {
    condition     = output.dashboard_name == "todo-staging" && endswith(output.dashboard_url, "region=eu-central-1#dashboards/dashboard/todo-staging")
    error_message = "The outputs must lead to the dashboard."
  }
}

run "refuses_a_bad_name" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "todo_staging"
  }
}

run "refuses_a_zone" {
  command         = plan
  expect_failures = [var.region]

  variables {
    region = "eu-central-1a"
  }
}

run "refuses_no_alarms" {
  command         = plan
  expect_failures = [var.alarm_arns]

  variables {
    alarm_arns = []
  }
}

run "refuses_an_arn_of_a_balancer" {
  command         = plan
  expect_failures = [var.load_balancer_arn_suffix]

  variables {
    load_balancer_arn_suffix = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/todo/1"
  }
}

run "refuses_an_arn_of_a_target_group" {
  command         = plan
  expect_failures = [var.target_group_arn_suffix]

  variables {
    target_group_arn_suffix = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/todo/1"
  }
}
