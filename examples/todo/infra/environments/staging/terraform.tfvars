# What belongs to the team and its account. Everything else is in main.tf. Nothing here is a secret: commit it.

# The same as that of bootstrap.
region = "eu-central-1"

# A person or a list that reads mails. AWS asks it once to confirm.
alarm_email = ""

# HTTPS needs a certificate. With a public hosted zone in Route 53, it's made and renewed by itself:
#   domain_name = "staging.example.com", hosted_zone_id = "Z0123456789ABC"
# Otherwise write the ARN of one in ACM, and point the domain at the output `dns_name`. docs/first-deploy.md has
# both ways, and one to try everything out without a domain.
domain_name     = null
hosted_zone_id  = null
certificate_arn = null
