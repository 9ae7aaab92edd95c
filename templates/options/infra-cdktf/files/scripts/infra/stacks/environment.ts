/**
 * What an environment decides: arguments of `infra/modules/environment`, called as they are there. Its `variables.tf` says
 * what each one means, and refuses wrong values.
 */
export interface Environment {
  readonly network: {
    readonly cidr: string;
    readonly zone_count: 2 | 3;
    readonly nat: 'one' | 'per_zone' | 'none';
  };
  readonly database: {
    readonly instance_class: `db.${string}`;
    readonly allocated_storage_gib: number;
    readonly max_allocated_storage_gib: number;
    readonly max_connections: number;
    readonly multi_az: boolean;
    readonly backup_retention_days: number;
    readonly performance_insights_retention_days?: number;
    readonly restore_from?: {
      readonly snapshot_identifier?: string;
      readonly source_resource_id?: string;
      readonly restore_time?: string;
    };
  };
  readonly tasks: {
    readonly cpu_units: number;
    readonly memory_mib: number;
    readonly min: number;
    readonly max: number;
    readonly target_requests_per_minute: number;
    readonly architecture?: 'ARM64' | 'X86_64';
    readonly placeholder_image?: string;
    readonly exec_enabled?: boolean;
  };
  readonly environment_variables?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly allow_anonymous: boolean;
  readonly log_retention_days: number;
  readonly deletion_protection: boolean;
  readonly waf_enabled: boolean;
  readonly observability: {
    readonly enabled: boolean;
    readonly grafana_enabled?: boolean;
    readonly cpu_units?: number;
    readonly memory_mib?: number;
    readonly images?: { readonly collector: string; readonly loki: string };
  };
  readonly alarm_thresholds?: {
    readonly server_error_percent?: number;
    readonly minimum_requests_per_minute?: number;
    readonly latency_p99_ms?: number;
    readonly error_logs_per_5_minutes?: number;
    readonly task_cpu_percent?: number;
    readonly task_memory_percent?: number;
    readonly database_cpu_percent?: number;
    readonly database_free_storage_percent?: number;
    readonly database_connections_percent?: number;
    readonly database_freeable_memory_mib?: number;
    readonly database_cpu_credits?: number;
  };
  readonly monthly_limit_usd: number;
  readonly share_account: boolean;
}
