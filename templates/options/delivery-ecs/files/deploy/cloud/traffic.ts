import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Call } from '#deploy/cloud/cloud';
import type { Traffic } from '#deploy/core/traffic';

const MINUTE_MS = 60_000;

export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** What the balancer counted of a target group. */
export function readTraffic(targetGroupArn: string, { from, to }: Window): Call<Traffic> {
  return async ({ alarms, balancer }, abortSignal) => {
    const { TargetGroups } = await balancer.send(
      new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] }),
      { abortSignal },
    );
    const loadBalancer = TargetGroups?.[0]?.LoadBalancerArns?.[0] ?? '';
    // As CloudWatch names them: `app/<name>/<id>` and `targetgroup/<name>/<id>`.
    const dimensions = {
      LoadBalancer: loadBalancer.slice(loadBalancer.indexOf('app/')),
      TargetGroup: targetGroupArn.slice(targetGroupArn.indexOf('targetgroup/')),
    };
    const minutes = Math.max(1, Math.ceil((to.getTime() - from.getTime()) / MINUTE_MS));
    const query = (Id: string, MetricName: string, Stat: string): MetricDataQuery => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ApplicationELB',
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: minutes * 60,
        Stat,
      },
    });
    const { MetricDataResults = [] } = await alarms.send(
      new GetMetricDataCommand({
        StartTime: from,
        EndTime: to,
        MetricDataQueries: [
          query('requests', 'RequestCount', 'Sum'),
          query('errors', 'HTTPCode_Target_5XX_Count', 'Sum'),
          query('p99', 'TargetResponseTime', 'p99'),
        ],
      }),
      { abortSignal },
    );
    // Where the window lies across two periods there are two values.
    const valuesOf = (id: string) => MetricDataResults.find(({ Id }) => Id === id)?.Values ?? [];
    const sum = (id: string) => valuesOf(id).reduce((total, value) => total + value, 0);
    const slowest = valuesOf('p99');
    return {
      requests: sum('requests'),
      errors: sum('errors'),
      p99Ms: slowest.length > 0 ? Math.max(...slowest) * 1000 : undefined,
    };
  };
}
