import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTargetHealthCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Call } from '#deploy/cloud/cloud';

/** Which of these alarms sound. */
export function soundingAlarms(names: readonly string[]): Call<readonly string[]> {
  return async ({ alarms }, abortSignal) => {
    if (names.length === 0) return [];
    const { MetricAlarms = [], CompositeAlarms = [] } = await alarms.send(
      new DescribeAlarmsCommand({
        AlarmNames: [...names],
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        StateValue: 'ALARM',
      }),
      { abortSignal },
    );
    return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName ?? '').sort();
  };
}

export function targetHealth(targetGroupArn: string): Call<readonly TargetHealthDescription[]> {
  return async ({ balancer }, abortSignal) => {
    const { TargetHealthDescriptions = [] } = await balancer.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
      { abortSignal },
    );
    return TargetHealthDescriptions;
  };
}

export interface LogPage {
  readonly lines: readonly string[];
  /** Where the next page begins. */
  readonly token: string | undefined;
}

/** What a task wrote after a page; nothing before it has written anything, for then there is no stream. */
export function readLog(group: string, stream: string, token: string | undefined): Call<LogPage> {
  return async ({ logs }, abortSignal) => {
    try {
      const { events = [], nextForwardToken } = await logs.send(
        new GetLogEventsCommand({
          logGroupName: group,
          logStreamName: stream,
          nextToken: token,
          startFromHead: true,
        }),
        { abortSignal },
      );
      return { lines: events.map(({ message }) => message ?? ''), token: nextForwardToken };
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') return { lines: [], token };
      throw error;
    }
  };
}
