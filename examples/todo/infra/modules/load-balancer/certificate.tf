locals {
  made_certificates = var.certificate_arn == null ? toset([var.domain_name]) : toset([])
  records           = var.hosted_zone_id == null ? toset([]) : toset([var.domain_name])
  certificate_arn   = var.certificate_arn != null ? var.certificate_arn : aws_acm_certificate_validation.this[var.domain_name].certificate_arn
}

resource "aws_acm_certificate" "this" {
  for_each = local.made_certificates

  domain_name       = each.key
  validation_method = "DNS"

  lifecycle {
    # The listener must never be without a certificate.
    create_before_destroy = true
  }
}

# Stays: AWS looks the record up again for each renewal.
resource "aws_route53_record" "validation" {
  for_each = local.made_certificates

  zone_id = var.hosted_zone_id
  ttl     = 300

  # A certificate that replaces this one for the same name asks for the same record.
  allow_overwrite = true

  name    = one([for o in aws_acm_certificate.this[each.key].domain_validation_options : o.resource_record_name if o.domain_name == each.key])
  type    = one([for o in aws_acm_certificate.this[each.key].domain_validation_options : o.resource_record_type if o.domain_name == each.key])
  records = [for o in aws_acm_certificate.this[each.key].domain_validation_options : o.resource_record_value if o.domain_name == each.key]
}

resource "aws_acm_certificate_validation" "this" {
  for_each = local.made_certificates

  certificate_arn         = aws_acm_certificate.this[each.key].arn
  validation_record_fqdns = [aws_route53_record.validation[each.key].fqdn]
}

resource "aws_route53_record" "alias" {
  for_each = local.records

  zone_id = var.hosted_zone_id
  name    = each.key
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}
