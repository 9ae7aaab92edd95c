module "cache" {
  source                    = "../cache"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  client_security_group_ids = { service = module.service.task_security_group_id }
  kms_key_arn               = module.encryption.key_arn
  alarm_topic_arn           = module.alarms.topic_arn

  # 0.5 GiB: some hundred thousand todos.
  node_type = "cache.t4g.micro"
  # As redundant as the database, which has to bear all reads where the cache fails.
  replicas = var.database.multi_az ? 1 : 0
}

locals {
  # A URL with a password is a secret: what `secrets` says goes before.
  cache_variables = { for name, url in { REDIS_URL = module.cache.url } : name => url if !contains(keys(var.secrets), name) }
}
