variable "region" {
  description = "AWS region, the same as that of `bootstrap`."
  type        = string
}

variable "alarm_email" {
  description = "Who is told of alarms and of costs."
  type        = string
}

variable "domain_name" {
  description = "Name under which clients reach the service; null for the balancer's own name, with a certificate of yours."
  type        = string
}

variable "hosted_zone_id" {
  description = "Public hosted zone in Route 53 that holds `domain_name`; null where DNS is kept elsewhere."
  type        = string
}

variable "certificate_arn" {
  description = "ARN of a certificate in ACM; null to have one made for `domain_name`."
  type        = string
}
