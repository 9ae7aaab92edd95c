import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, numbers, section } from '#kit/layout';
import { stat, table, timeseries } from '#kit/panels';
import { OF_TARGETS, quantile, rate } from '#kit/queries';
import { prometheusSource, targets } from '#kit/variables';

/** The same as in the rules: others are in memory, part of another, or full by nature. */
const DISKS = `${OF_TARGETS},fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660"`;
const NETWORKS = `${OF_TARGETS},device!~"lo|veth.*|br-.*|docker.*"`;
/** Without a name it is no container, but a group of them. */
const CONTAINERS = `${OF_TARGETS},name!=""`;

/** Parts of all time that was counted: right from the first scrapes on, when a rate is too low yet. */
const processors = (matchers: string) => rate('node_cpu_seconds_total', `${OF_TARGETS}${matchers}`);
const allProcessors = `sum(${processors('')})`;

export default dashboard({
  uid: 'infrastructure',
  title: 'Infrastructure',
  description: 'Is a machine or a container short of something, and does what watches them work?',
  variables: [prometheusSource(), ...targets()],
  versions: '',
  sections: [
    section(
      'Now',
      numbers(
        stat({
          title: 'Targets that do not answer',
          description: 'What Prometheus can not measure now.',
          unit: units.NoUnit,
          queries: { targets: `count(up{${OF_TARGETS}} == 0) or vector(0)` },
          thresholds: { base: 'green', red: 1 },
        }),
        stat({
          title: 'CPU of the machines',
          description: 'The part of the time in which processors are busy.',
          unit: units.PercentUnit,
          queries: {
            busy: `1 - sum(${processors(',mode="idle"')}) / ${allProcessors}`,
          },
          thresholds: { base: 'green', orange: 0.8, red: 0.95 },
        }),
        stat({
          title: 'Memory of the machines',
          description: 'The part of the memory that nothing else could use.',
          unit: units.PercentUnit,
          queries: {
            used: `1 - sum(node_memory_MemAvailable_bytes{${OF_TARGETS}}) / sum(node_memory_MemTotal_bytes{${OF_TARGETS}})`,
          },
          thresholds: { base: 'green', orange: 0.85, red: 0.95 },
        }),
        stat({
          title: 'Fullest disk',
          description: 'The part of the fullest file system that is taken.',
          unit: units.PercentUnit,
          queries: {
            taken: `1 - min(node_filesystem_avail_bytes{${DISKS}} / node_filesystem_size_bytes{${DISKS}})`,
          },
          thresholds: { base: 'green', orange: 0.8, red: 0.9 },
        }),
      ),
    ),
    section(
      'Machines',
      graphs(
        timeseries({
          title: 'CPU',
          description:
            'What processors do when they are not idle. Waiting for disks is "iowait", for other machines on the same host "steal".',
          unit: units.PercentUnit,
          queries: {
            '{{mode}}': `sum by (mode) (${processors(',mode!="idle"')}) / on () group_left () ${allProcessors}`,
          },
          stacked: true,
        }),
        timeseries({
          title: 'Load',
          description: 'Processes that run or wait to, for each processor. Above one, some wait.',
          unit: units.Short,
          queries: {
            '{{instance}}': `sum by (instance) (node_load1{${OF_TARGETS}}) / count by (instance) (${processors(',mode="idle"')})`,
          },
          thresholds: { base: 'green', red: 1 },
        }),
        timeseries({
          title: 'Memory',
          description: 'Memory that is available, and all there is.',
          unit: units.BytesIEC,
          queries: {
            'available, {{instance}}': `node_memory_MemAvailable_bytes{${OF_TARGETS}}`,
            'all, {{instance}}': `node_memory_MemTotal_bytes{${OF_TARGETS}}`,
          },
        }),
      ),
      graphs(
        timeseries({
          title: 'Taken of the disks',
          description: 'The part of each file system that is taken.',
          unit: units.PercentUnit,
          queries: {
            '{{mountpoint}}, {{instance}}': `1 - node_filesystem_avail_bytes{${DISKS}} / node_filesystem_size_bytes{${DISKS}}`,
          },
          thresholds: { base: 'green', orange: 0.8, red: 0.9 },
          max: 1,
        }),
        timeseries({
          title: 'Time of the disks',
          description: 'The part of the time in which a disk is busy.',
          unit: units.PercentUnit,
          queries: { '{{device}}, {{instance}}': rate('node_disk_io_time_seconds_total', OF_TARGETS) },
          max: 1,
        }),
        timeseries({
          title: 'Network',
          description: 'What machines receive and send.',
          unit: units.BytesPerSecondIEC,
          queries: {
            'received, {{instance}}': `sum by (instance) (${rate('node_network_receive_bytes_total', NETWORKS)})`,
            'sent, {{instance}}': `sum by (instance) (${rate('node_network_transmit_bytes_total', NETWORKS)})`,
          },
        }),
      ),
    ),
    section(
      'Containers',
      graphs(
        timeseries({
          title: 'CPU by container',
          description: 'Processors that a container uses.',
          unit: units.Short,
          queries: { '{{name}}': `sum by (name) (${rate('container_cpu_usage_seconds_total', CONTAINERS)})` },
          stacked: true,
        }),
        timeseries({
          title: 'Throttled',
          description:
            'The part of the periods in which a container was stopped because it had used its share of processors.',
          unit: units.PercentUnit,
          queries: {
            '{{name}}':
              `sum by (name) (${rate('container_cpu_cfs_throttled_periods_total', CONTAINERS)})` +
              ` / sum by (name) (${rate('container_cpu_cfs_periods_total', CONTAINERS)})`,
          },
        }),
        timeseries({
          title: 'Memory by container',
          description:
            'The part of its limit that the processes of a container have, without pages of files. At the limit it is killed.',
          unit: units.PercentUnit,
          queries: {
            '{{name}}':
              `sum by (name) (container_memory_rss{${CONTAINERS}})` +
              ` / (sum by (name) (container_spec_memory_limit_bytes{${CONTAINERS}}) > 0)`,
          },
          thresholds: { base: 'green', orange: 0.8, red: 0.9 },
        }),
        timeseries({
          title: 'Network by container',
          description: 'What a container receives.',
          unit: units.BytesPerSecondIEC,
          queries: {
            '{{name}}': `sum by (name) (${rate('container_network_receive_bytes_total', CONTAINERS)})`,
          },
        }),
      ),
    ),
    section(
      'What watches',
      graphs(
        table({
          title: 'Targets',
          description: 'Whether Prometheus reaches what it measures.',
          unit: units.BoolYesNo,
          column: 'answers',
          query: `sum by (job, instance) (up{${OF_TARGETS}})`,
          thresholds: { base: 'red', green: 1 },
        }),
        timeseries({
          title: 'Duration of scrapes',
          description: 'How long targets take to answer. Above ten seconds Prometheus gives up.',
          unit: units.Seconds,
          queries: { '{{job}}': `max by (job) (scrape_duration_seconds{${OF_TARGETS}})` },
        }),
        timeseries({
          title: 'Series of Prometheus',
          description: 'What it keeps in memory. A jump is a label with too many values.',
          unit: units.Short,
          queries: { '{{instance}}': `prometheus_tsdb_head_series{${OF_TARGETS}}` },
        }),
        timeseries({
          title: 'Failed evaluations',
          description:
            'Rules that Prometheus could not evaluate: their alerts may not fire. Which ones, the page of rules in Prometheus says.',
          unit: units.CountsPerSecond,
          queries: { failed: `sum(${rate('prometheus_rule_evaluation_failures_total', OF_TARGETS)})` },
        }),
      ),
      graphs(
        timeseries({
          title: 'Notifications of Alertmanager',
          description: 'Notifications that were sent, and those that failed: then nobody hears of an alert.',
          unit: units.CountsPerSecond,
          queries: {
            sent: `sum(${rate('alertmanager_notifications_total', OF_TARGETS)})`,
            failed: `sum(${rate('alertmanager_notifications_failed_total', OF_TARGETS)})`,
          },
        }),
        timeseries({
          title: 'Lines that Loki takes',
          description: 'Lines of logs that arrive, and those that Loki refuses, by reason.',
          unit: units.CountsPerSecond,
          queries: {
            taken: `sum(${rate('loki_distributor_lines_received_total', OF_TARGETS)})`,
            'refused, {{reason}}': `sum by (reason) (${rate('loki_discarded_samples_total', OF_TARGETS)})`,
          },
        }),
        timeseries({
          title: 'Answers of Loki, p95',
          description: 'How long Loki takes for a request, by route.',
          unit: units.Seconds,
          queries: { '{{route}}': quantile(0.95, 'loki_request_duration_seconds', OF_TARGETS, 'route') },
        }),
        timeseries({
          title: 'Lines that Alloy sends',
          description: 'Lines of logs that Alloy sends, and those that it gave up.',
          unit: units.CountsPerSecond,
          queries: {
            sent: `sum(${rate('loki_write_sent_entries_total', OF_TARGETS)})`,
            'given up': `sum(${rate('loki_write_dropped_entries_total', OF_TARGETS)})`,
          },
        }),
      ),
    ),
  ],
});
