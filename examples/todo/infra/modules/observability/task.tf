locals {
  files = "/data"

  # Written by the first container for the other two: an image of ours would have to be built before the first apply.
  collector_configuration = templatefile("${path.module}/collector.alloy.tftpl", {
    region            = local.region
    cluster_arn       = var.cluster_arn
    service           = var.service_name
    management_port   = var.management_port
    remote_write_url  = "${aws_prometheus_workspace.this.prometheus_endpoint}api/v1/remote_write"
    log_groups        = values(var.log_group_names)
    service_label     = var.labels.service
    environment_label = var.labels.environment
    loki_port         = local.loki_port
    files             = local.files
  })

  # JSON is YAML too.
  loki_configuration = jsonencode({
    auth_enabled = false
    analytics    = { reporting_enabled = false }
    server       = { http_listen_port = local.loki_port, log_format = "json" }
    common = {
      path_prefix        = "${local.files}/loki"
      replication_factor = 1
      ring               = { kvstore = { store = "inmemory" } }
      storage            = { s3 = { region = local.region, bucketnames = aws_s3_bucket.this.id } }
    }
    schema_config = {
      configs = [{
        from         = "2026-01-01"
        store        = "tsdb"
        object_store = "s3"
        schema       = "v13"
        index        = { prefix = "index_", period = "24h" }
      }]
    }
    limits_config = {
      retention_period          = "${var.log_retention_days * 24}h"
      allow_structured_metadata = true
      # Loki would add a label of its own.
      discover_service_name = []
    }
    compactor = { retention_enabled = true, delete_request_store = "s3" }
  })

  user = "${local.owner}:${local.owner}"

  container = {
    linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    mountPoints     = [{ sourceVolume = "files", containerPath = local.files, readOnly = false }]
  }

  parts = {
    configuration = {
      image                  = var.images.collector
      essential              = false
      user                   = local.user
      readonlyRootFilesystem = true
      entryPoint             = ["sh", "-c"]
      command                = ["printf %s \"$COLLECTOR\" > ${local.files}/collector.alloy && printf %s \"$LOKI\" > ${local.files}/loki.json"]
      environment = [
        { name = "COLLECTOR", value = local.collector_configuration },
        { name = "LOKI", value = local.loki_configuration },
      ]
      stopTimeout = 30
      dependsOn   = []
    }
    collector = {
      image                  = var.images.collector
      essential              = true
      user                   = local.user
      readonlyRootFilesystem = true
      entryPoint             = null
      # What reads CloudWatch is called experimental by Alloy: the version of the image is pinned.
      command = [
        "run", "--stability.level=experimental", "--disable-reporting", "--storage.path=${local.files}/collector",
        "--server.http.listen-addr=127.0.0.1:12345", "${local.files}/collector.alloy",
      ]
      environment = []
      stopTimeout = 30
      dependsOn   = [{ containerName = "configuration", condition = "SUCCESS" }]
    }
    loki = {
      image                  = var.images.loki
      essential              = true
      user                   = local.user
      readonlyRootFilesystem = true
      entryPoint             = null
      command                = ["-config.file=${local.files}/loki.json"]
      environment            = []
      # It uploads what it holds.
      stopTimeout = 120
      dependsOn   = [{ containerName = "configuration", condition = "SUCCESS" }]
    }
  }

  containers = [
    for name, part in local.parts : merge(local.container, { for key, value in part : key => value if value != null }, {
      name         = name
      portMappings = name == "loki" ? [{ name = "loki", containerPort = local.loki_port, hostPort = local.loki_port, protocol = "tcp" }] : []
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = local.region
          awslogs-stream-prefix = name
          mode                  = "non-blocking"
          max-buffer-size       = "25m"
        }
      }
    })
  ]
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.part_name
  container_definitions    = jsonencode(local.containers)
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu_units
  memory                   = var.memory_mib
  task_role_arn            = aws_iam_role.this["task"].arn
  execution_role_arn       = aws_iam_role.this["execution"].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "ARM64"
  }

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.this.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.this.id
        iam             = "ENABLED"
      }
    }
  }
}
