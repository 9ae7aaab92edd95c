output "budget_name" {
  description = "Name of the budget, as the billing console shows it."
  value       = aws_budgets_budget.this.name
}
