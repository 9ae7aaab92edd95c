# `terraform test` destroys at its end what a run applied, and fails where prevent_destroy forbids it. This takes the
# database out of the test's state first, as `terraform state rm` does.
removed {
  from = aws_db_instance.this

  lifecycle {
    destroy = false
  }
}
