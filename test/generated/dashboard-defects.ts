/** Mistakes that somebody could make in a dashboard, each in another panel, and how they are refused. */
interface Panel {
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: { unit?: string; links?: readonly { title: string; url: string }[] } };
  options: Record<string, unknown>;
  targets: { refId: string; expr: string; legendFormat: string }[];
}

export interface Defect {
  readonly mistake: string;
  /** The uid of the dashboard. */
  readonly dashboard: string;
  /** The title of the panel. */
  readonly panel: string;
  readonly make: (panel: Panel) => void;
  /** What is said of it, after the names of the file, the line in its source and the panel. */
  readonly refusal: string;
}

/** Changes the expression of a panel. */
const ask =
  (change: (expr: string) => string): Defect['make'] =>
  ({ targets: [target] }) => {
    if (target) target.expr = change(target.expr);
  };

export const DEFECTS: readonly Defect[] = [
  {
    mistake: 'a function that does not exist',
    dashboard: 'service',
    panel: 'Heap',
    make: ask((expr) => `heap(${expr})`),
    refusal: 'A: unexpected expression',
  },
  {
    mistake: 'the rate of what is no range',
    dashboard: 'service',
    panel: 'Requests in progress',
    make: ask((expr) => `rate(${expr})`),
    refusal: 'A: expected type matrix in call to function "rate", got vector',
  },
  {
    mistake: 'a bracket that is not closed',
    dashboard: 'service',
    panel: 'Requests by status',
    make: ask((expr) => expr.replace(/\)$/, '')),
    refusal: 'A: unexpected expression at the end',
  },
  {
    mistake: 'a fixed window',
    dashboard: 'service',
    panel: 'CPU',
    make: ask((expr) => expr.replace('$__rate_interval', '1m')),
    refusal: 'A: rate(process_cpu_seconds_total) is over [1m], not over [$__rate_interval]',
  },
  {
    mistake: 'no unit',
    dashboard: 'requests',
    panel: 'Rate',
    make: ({ fieldConfig }) => {
      delete fieldConfig.defaults.unit;
    },
    refusal: 'has no unit',
  },
  {
    mistake: 'a unit that does not exist',
    dashboard: 'requests',
    panel: 'Duration, p95',
    make: ({ fieldConfig }) => {
      fieldConfig.defaults.unit = 'milliseconds';
    },
    refusal: 'has a unit that Grafana does not know: milliseconds',
  },
  {
    mistake: 'a legend of a label that was summed up',
    dashboard: 'requests',
    panel: 'Errors',
    make: ({ targets: [target] }) => {
      if (target) target.legendFormat = '{{status}}';
    },
    refusal: 'A: its legend names status, which no series has',
  },
  {
    mistake: 'a panel that covers another',
    dashboard: 'database',
    panel: 'Found in memory',
    make: ({ gridPos }) => {
      gridPos.x -= 4;
    },
    refusal: 'covers panel "Locks"',
  },
  {
    mistake: 'no description',
    dashboard: 'slo',
    panel: 'Counted requests',
    make: (panel) => {
      delete panel.description;
    },
    refusal: 'has no description',
  },
  {
    mistake: 'an option that Grafana does not know',
    dashboard: 'slo',
    panel: 'Objective',
    make: ({ options }) => {
      options['colour'] = 'red';
    },
    refusal: '/options: must NOT have additional properties: colour',
  },
  {
    mistake: 'series of every service',
    dashboard: 'deployments',
    panel: 'Instances',
    make: ask(() => 'count(service_build_info{instance=~"$instance"})'),
    refusal: 'A: service_build_info is of every service and environment, whichever is chosen',
  },
  {
    mistake: 'a variable that the dashboard does not have',
    dashboard: 'deployments',
    panel: 'Starts',
    make: ask((expr) => expr.replace('service="$service"', 'service="$service",pod="$pod"')),
    refusal: 'asks for $pod, which is no variable of the dashboard',
  },
  {
    mistake: 'a counter as it is',
    dashboard: 'infrastructure',
    panel: 'Lines that Alloy sends',
    make: ask((expr) => expr.replaceAll(/rate\((.+)\[.+\]\)/g, '$1')),
    refusal: 'A: loki_write_sent_entries_total only grows: ask for its rate or increase',
  },
  {
    mistake: 'LogQL that is not closed',
    dashboard: 'logs',
    panel: 'Lines by level',
    make: ask((expr) => expr.replace('}', '')),
    refusal: 'A: is no LogQL from here on',
  },
  {
    mistake: 'a link to nowhere',
    dashboard: 'redis',
    panel: 'Renewals',
    make: ({ fieldConfig }) => {
      fieldConfig.defaults.links = [{ title: 'Cache', url: '/d/cache?var-service=${service}' }];
    },
    refusal: 'leads to a dashboard that does not exist: cache',
  },
  {
    mistake: 'two queries of one name',
    dashboard: 'redis',
    panel: 'Connected instances',
    make: ({ targets }) => {
      for (const target of targets) target.refId = 'A';
    },
    refusal: 'has two queries A',
  },
];
