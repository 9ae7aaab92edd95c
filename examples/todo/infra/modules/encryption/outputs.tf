output "key_arn" {
  description = "ARN of the key, for the `kms_key_arn` of the other modules."
  value       = aws_kms_key.this.arn
}

output "key_id" {
  description = "Id of the key."
  value       = aws_kms_key.this.key_id
}
