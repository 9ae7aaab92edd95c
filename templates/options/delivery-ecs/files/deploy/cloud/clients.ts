import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

/** Region and credentials come from where the SDK looks for them: variables, a profile, or the role of a job. */
const CONFIGURATION = {
  // Throttling, a broken connection and a 5xx are tried again, with growing pauses; then it is a failure.
  maxAttempts: 6,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 },
};

export function makeClients() {
  return {
    alarms: new CloudWatchClient(CONFIGURATION),
    logs: new CloudWatchLogsClient(CONFIGURATION),
    registry: new ECRClient(CONFIGURATION),
    ecs: new ECSClient(CONFIGURATION),
    balancer: new ElasticLoadBalancingV2Client(CONFIGURATION),
    database: new RDSClient(CONFIGURATION),
    parameters: new SSMClient(CONFIGURATION),
    identity: new STSClient(CONFIGURATION),
  };
}

export type Clients = ReturnType<typeof makeClients>;
