import { answering } from '#deploy/cloud/answers';
import { readTraffic } from '#deploy/cloud/traffic';

const { signal } = new AbortController();
const group = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/todo-staging/0123';
const balancer = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/todo-staging/4567';
const window = { from: new Date('2026-03-01T12:00:00Z'), to: new Date('2026-03-01T12:09:30Z') };

const clients = (results: readonly object[], inputs: object[] = []) =>
  answering({
    DescribeTargetGroups: () => ({ TargetGroups: [{ LoadBalancerArns: [balancer] }] }),
    GetMetricData: (input) => {
      inputs.push(input);
      return { MetricDataResults: results };
    },
  });

describe('traffic', () => {
  it('is asked for by the names that CloudWatch has for balancer and targets', async () => {
    const inputs: object[] = [];
    await readTraffic(group, window)(clients([], inputs), signal);
    const Dimensions = [
      { Name: 'LoadBalancer', Value: 'app/todo-staging/4567' },
      { Name: 'TargetGroup', Value: 'targetgroup/todo-staging/0123' },
    ];
    expect(inputs).toMatchObject([
      {
        StartTime: window.from,
        EndTime: window.to,
        MetricDataQueries: Array(3).fill({ MetricStat: { Metric: { Dimensions }, Period: 600 } }),
      },
    ]);
  });

  it('may lie across two periods', async () => {
    const results = [
      { Id: 'requests', Values: [100, 50] },
      { Id: 'errors', Values: [1] },
      { Id: 'p99', Values: [0.2, 0.3] },
    ];
    expect(await readTraffic(group, window)(clients(results), signal)).toEqual({
      requests: 150,
      errors: 1,
      p99Ms: 300,
    });
  });

  it('may be none', async () => {
    expect(await readTraffic(group, window)(clients([]), signal)).toEqual({
      requests: 0,
      errors: 0,
      p99Ms: undefined,
    });
  });
});
