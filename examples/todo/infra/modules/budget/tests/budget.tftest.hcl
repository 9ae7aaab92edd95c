mock_provider "aws" {}

variables {
  name              = "todo-staging"
  monthly_limit_usd = 150
  email             = "team@example.com"
}

run "warns_before_and_at_the_limit" {
  command = plan

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "150" && aws_budgets_budget.this.time_unit == "MONTHLY"
    error_message = "The limit must hold for a month."
  }
  assert {
    condition = toset([
      for n in aws_budgets_budget.this.notification : "${n.notification_type} ${n.threshold}"
    ]) == toset(["ACTUAL 80", "FORECASTED 100"])
    error_message = "There must be a mail at 80 % spent and at 100 % foretold."
  }
  assert {
    condition     = alltrue([for n in aws_budgets_budget.this.notification : n.subscriber_email_addresses == toset([var.email])])
    error_message = "Each notification must reach somebody."
  }
  assert {
    condition     = length(aws_budgets_budget.this.cost_filter) == 0
    error_message = "Without a tag the whole account is counted."
  }
}

run "counts_one_tag" {
  command = apply

  variables {
    cost_allocation_tag = { key = "environment", value = "staging" }
  }

  assert {
    condition     = one(aws_budgets_budget.this.cost_filter).values[0] == "user:environment$staging"
    error_message = "The filter must name the tag in the form of AWS."
  }
  assert {
    condition     = output.budget_name == "todo-staging-monthly"
    error_message = "The output must be the budget's name."
  }
}

run "refuses_a_bad_name" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "Todo"
  }
}

run "refuses_no_money" {
  command         = plan
  expect_failures = [var.monthly_limit_usd]

  variables {
    monthly_limit_usd = 0
  }
}

run "refuses_an_empty_email" {
  command         = plan
  expect_failures = [var.email]

  variables {
    email = ""
  }
}

run "refuses_half_a_tag" {
  command         = plan
  expect_failures = [var.cost_allocation_tag]

  variables {
    cost_allocation_tag = { key = "environment", value = "" }
  }
}
