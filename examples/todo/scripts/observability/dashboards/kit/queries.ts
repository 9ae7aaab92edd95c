// Parts of PromQL and LogQL that every dashboard shares: what the variables choose.

/** What tells the series and the log lines of a service apart. */
export const OF_SERVICE = 'service="$service",environment="$environment"';

/** The same, of the chosen instances only. */
export const OF_INSTANCES = `${OF_SERVICE},instance=~"$instance"`;

/** What every process says of itself: exporters do, too, and one beside the database has the labels of its service. */
export const OF_PROCESSES = `${OF_INSTANCES},job="api"`;

/** What exporters measure, of the chosen targets only. */
export const OF_TARGETS = 'job=~"$job",instance=~"$instance"';

/** The rate of a counter over a window that fits the resolution of the panel. */
export function rate(counter: string, matchers: string): string {
  return `rate(${counter}{${matchers}}[$__rate_interval])`;
}

/** How much a counter grew in each step of the panel. */
export function increase(counter: string, matchers: string): string {
  return `increase(${counter}{${matchers}}[$__rate_interval])`;
}

/** The time within which a part of what a histogram counts was done, by further labels. */
export function quantile(part: number, histogram: string, matchers: string, ...by: string[]): string {
  const labels = ['le', ...by].join(', ');
  return `histogram_quantile(${part}, sum by (${labels}) (${rate(`${histogram}_bucket`, matchers)}))`;
}
