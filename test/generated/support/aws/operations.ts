import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import type * as Ecr from '@aws-sdk/client-ecr';
import type * as Ecs from '@aws-sdk/client-ecs';
import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as Rds from '@aws-sdk/client-rds';
import type * as Ssm from '@aws-sdk/client-ssm';
import type * as Sts from '@aws-sdk/client-sts';
import { AwsFailure } from './failure.ts';
import { manifestsOf } from './images.ts';
import { ACCOUNT, ALARMS, arn, NAME, SERVICE, TARGET_GROUP, type World } from './world.ts';

/** What AWS answers, without what the SDK adds. */
type Answer<Output> = Omit<Output, '$metadata'>;
type Operation<Input, Output> = (input: Input) => Answer<Output>;

/** The operations that a release uses, with the types of the SDK: what it could not read does not compile here. */
export interface Operations {
  readonly GetCallerIdentity: Operation<
    Sts.GetCallerIdentityCommandInput,
    Sts.GetCallerIdentityCommandOutput
  >;
  readonly GetParameter: Operation<Ssm.GetParameterCommandInput, Ssm.GetParameterCommandOutput>;
  readonly GetParametersByPath: Operation<
    Ssm.GetParametersByPathCommandInput,
    Ssm.GetParametersByPathCommandOutput
  >;
  readonly PutParameter: Operation<Ssm.PutParameterCommandInput, Ssm.PutParameterCommandOutput>;
  readonly BatchGetImage: Operation<Ecr.BatchGetImageCommandInput, Ecr.BatchGetImageCommandOutput>;
  readonly GetDownloadUrlForLayer: Operation<
    Ecr.GetDownloadUrlForLayerCommandInput,
    Ecr.GetDownloadUrlForLayerCommandOutput
  >;
  readonly PutImage: Operation<Ecr.PutImageCommandInput, Ecr.PutImageCommandOutput>;
  readonly DescribeServices: Operation<Ecs.DescribeServicesCommandInput, Ecs.DescribeServicesCommandOutput>;
  readonly DescribeTaskDefinition: Operation<
    Ecs.DescribeTaskDefinitionCommandInput,
    Ecs.DescribeTaskDefinitionCommandOutput
  >;
  readonly RegisterTaskDefinition: Operation<
    Ecs.RegisterTaskDefinitionCommandInput,
    Ecs.RegisterTaskDefinitionCommandOutput
  >;
  readonly RunTask: Operation<Ecs.RunTaskCommandInput, Ecs.RunTaskCommandOutput>;
  readonly ListTasks: Operation<Ecs.ListTasksCommandInput, Ecs.ListTasksCommandOutput>;
  readonly DescribeTasks: Operation<Ecs.DescribeTasksCommandInput, Ecs.DescribeTasksCommandOutput>;
  readonly UpdateService: Operation<Ecs.UpdateServiceCommandInput, Ecs.UpdateServiceCommandOutput>;
  readonly DescribeTargetHealth: Operation<
    Elb.DescribeTargetHealthCommandInput,
    Elb.DescribeTargetHealthCommandOutput
  >;
  readonly DescribeTargetGroups: Operation<
    Elb.DescribeTargetGroupsCommandInput,
    Elb.DescribeTargetGroupsCommandOutput
  >;
  readonly GetMetricData: Operation<
    CloudWatch.GetMetricDataCommandInput,
    CloudWatch.GetMetricDataCommandOutput
  >;
  readonly DescribeAlarms: Operation<
    CloudWatch.DescribeAlarmsCommandInput,
    CloudWatch.DescribeAlarmsCommandOutput
  >;
  readonly GetLogEvents: Operation<Logs.GetLogEventsCommandInput, Logs.GetLogEventsCommandOutput>;
  readonly CreateDBSnapshot: Operation<Rds.CreateDBSnapshotCommandInput, Rds.CreateDBSnapshotCommandOutput>;
  readonly DescribeDBSnapshots: Operation<
    Rds.DescribeDBSnapshotsCommandInput,
    Rds.DescribeDBSnapshotsCommandOutput
  >;
}

const PAGE = 10;
const SNAPSHOT_MS = 150;

/** @param url Where the stand-in answers downloads. */
export function operationsOf(world: World, url: string): Operations {
  return {
    GetCallerIdentity: () => ({
      Account: ACCOUNT,
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/todo-staging-deploy/tester`,
      UserId: 'AROAEXAMPLE:tester',
    }),

    GetParameter: ({ Name = '', WithDecryption }) => {
      const Parameter = world.parameters.get(Name);
      if (!Parameter) throw new AwsFailure('ParameterNotFound', `Parameter ${Name} not found.`);
      const isEncrypted = Parameter.Type === 'SecureString' && WithDecryption !== true;
      return { Parameter: isEncrypted ? { ...Parameter, Value: 'AQICAHh…' } : Parameter };
    },
    GetParametersByPath: ({ Path = '', NextToken = '0' }) => {
      const all = [...world.parameters.values()]
        .filter(({ Name = '' }) => Name.startsWith(`${Path}/`) && !Name.slice(Path.length + 1).includes('/'))
        .sort((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? -1 : 1));
      const start = Number(NextToken);
      const end = start + PAGE;
      return {
        Parameters: all.slice(start, end),
        ...(end < all.length && { NextToken: String(end) }),
      };
    },
    PutParameter: ({ Name = '', Value = '', Overwrite }) => {
      const known = world.parameters.get(Name);
      if (known && Overwrite !== true)
        throw new AwsFailure(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      if (Value.length > 4096)
        throw new AwsFailure(
          'ValidationException',
          'Standard tier parameters support a maximum of 4096 characters.',
        );
      const Version = (known?.Version ?? 0) + 1;
      world.parameters.set(Name, {
        Name,
        Value,
        Version,
        Type: 'String',
        ARN: arn('ssm', `parameter${Name}`),
      });
      return { Version, Tier: 'Standard' };
    },

    BatchGetImage: ({ imageIds = [] }) => {
      const found = imageIds.flatMap(({ imageDigest = '' }) => {
        const imageManifest = manifest(imageDigest);
        return imageManifest === undefined
          ? []
          : [
              {
                registryId: ACCOUNT,
                repositoryName: SERVICE,
                imageId: { imageDigest },
                imageManifest,
                imageManifestMediaType: (JSON.parse(imageManifest) as { mediaType: string }).mediaType,
              },
            ];
      });
      const missing = imageIds.filter(({ imageDigest = '' }) => manifest(imageDigest) === undefined);
      return {
        images: found,
        failures: missing.map((imageId) => ({
          imageId,
          failureCode: 'ImageNotFound',
          failureReason: 'Requested image not found',
        })),
      };
    },
    GetDownloadUrlForLayer: ({ layerDigest = '' }) => {
      if (manifest(layerDigest) === undefined)
        throw new AwsFailure('LayersNotFoundException', `The layer ${layerDigest} does not exist.`);
      return { layerDigest, downloadUrl: `${url}/layers/${layerDigest}` };
    },
    PutImage: ({ imageDigest = '', imageTag = '' }) => {
      const tagged = world.tags.get(imageTag);
      if (tagged === imageDigest)
        throw new AwsFailure('ImageAlreadyExistsException', `Image with tag '${imageTag}' already exists.`);
      if (tagged !== undefined)
        throw new AwsFailure('ImageTagAlreadyExistsException', `The image tag '${imageTag}' already exists.`);
      world.tags.set(imageTag, imageDigest);
      return { image: { imageId: { imageDigest, imageTag }, repositoryName: SERVICE } };
    },

    DescribeServices: ({ services = [] }) =>
      services.includes(NAME)
        ? { services: [world.service], failures: [] }
        : { services: [], failures: [{ arn: arn('ecs', `service/${NAME}`), reason: 'MISSING' }] },
    DescribeTaskDefinition: ({ taskDefinition: name = '' }) => {
      const taskDefinition = world.definitions.get(name) ?? newestOf(name);
      if (!taskDefinition) throw new AwsFailure('ClientException', 'Unable to describe task definition.');
      return { taskDefinition, tags: [] };
    },
    RegisterTaskDefinition: ({ tags, ...definition }) => ({
      taskDefinition: world.register(definition),
      tags,
    }),
    RunTask: ({ taskDefinition = '', clientToken = '' }) => ({
      tasks: [{ taskArn: world.startMigration(taskDefinition, clientToken), lastStatus: 'PROVISIONING' }],
      failures: [],
    }),
    ListTasks: () => ({ taskArns: world.running.map(({ taskArn = '' }) => taskArn) }),
    DescribeTasks: ({ tasks = [] }) => ({
      tasks: tasks.flatMap(
        (name) => world.migration(name) ?? world.running.find(({ taskArn }) => taskArn === name) ?? [],
      ),
      failures: [],
    }),
    UpdateService: ({ taskDefinition = '', desiredCount }) => {
      if (desiredCount !== undefined) world.desiredCount = desiredCount;
      if (world.definitions.get(taskDefinition)?.status !== 'ACTIVE')
        throw new AwsFailure('ClientException', 'TaskDefinition is inactive');
      world.update(taskDefinition);
      return { service: world.service };
    },

    DescribeTargetHealth: () => ({
      TargetHealthDescriptions: world.running.map(({ taskArn = '' }, index) => ({
        Target: { Id: `10.0.0.${index + 10}`, Port: 3000 },
        HealthCheckPort: '9000',
        TargetHealth: world.sick.has(index)
          ? {
              State: 'unhealthy',
              Reason: 'Target.ResponseCodeMismatch',
              Description: `503 from ${taskArn.slice(-4)}`,
            }
          : { State: 'healthy' },
      })),
    }),

    DescribeTargetGroups: () => ({
      TargetGroups: [
        {
          TargetGroupArn: TARGET_GROUP,
          LoadBalancerArns: [arn('elasticloadbalancing', 'loadbalancer/app/todo-staging/fedcba9876543210')],
        },
      ],
    }),
    GetMetricData: ({ MetricDataQueries = [], StartTime }) => {
      // JSON has times in seconds.
      const from = Number(StartTime) * 1000;
      const { requests, errors, p99 } = world.traffic[from < world.updatedAt ? 'before' : 'after'];
      const values: Readonly<Record<string, number>> = { requests, errors, p99 };
      return {
        MetricDataResults: MetricDataQueries.map(({ Id = '' }) => ({
          Id,
          StatusCode: 'Complete' as const,
          Values: [values[Id] ?? Number.NaN],
        })),
      };
    },
    DescribeAlarms: ({ AlarmNames = [], StateValue }) => ({
      MetricAlarms: ALARMS.filter((name) => AlarmNames.includes(name))
        .map((AlarmName) => ({
          AlarmName,
          StateValue: world.sounding.has(AlarmName) ? ('ALARM' as const) : ('OK' as const),
        }))
        .filter((alarm) => StateValue === undefined || alarm.StateValue === StateValue),
      CompositeAlarms: [],
    }),

    GetLogEvents: ({ logStreamName = '', nextToken = 'f/0' }) => {
      const lines = world.logs.get(logStreamName);
      if (!lines)
        throw new AwsFailure('ResourceNotFoundException', 'The specified log stream does not exist.');
      const start = Number(nextToken.slice(2));
      return {
        events: lines.slice(start).map((message) => ({ message, timestamp: Date.now() })),
        nextForwardToken: `f/${lines.length}`,
      };
    },

    CreateDBSnapshot: ({ DBSnapshotIdentifier = '', DBInstanceIdentifier = '' }) => {
      if (world.snapshots.has(DBSnapshotIdentifier))
        throw new AwsFailure(
          'DBSnapshotAlreadyExists',
          `Cannot create the snapshot ${DBSnapshotIdentifier}.`,
        );
      world.snapshots.set(DBSnapshotIdentifier, { status: 'creating', began: Date.now() });
      return {
        DBSnapshot: { DBSnapshotIdentifier, DBInstanceIdentifier, Status: 'creating', PercentProgress: 0 },
      };
    },
    DescribeDBSnapshots: ({ DBSnapshotIdentifier = '' }) => {
      const found = world.snapshots.get(DBSnapshotIdentifier);
      if (!found) throw new AwsFailure('DBSnapshotNotFound', `${DBSnapshotIdentifier} not found.`, 404);
      const isOver = found.status === 'creating' && Date.now() - found.began >= SNAPSHOT_MS;
      const Status = isOver ? 'available' : found.status;
      return {
        DBSnapshots: [{ DBSnapshotIdentifier, Status, PercentProgress: Status === 'available' ? 100 : 40 }],
      };
    },
  };

  function manifest(digest: string): string | undefined {
    return [...world.images.values()].map((pushed) => manifestsOf(pushed).get(digest)).find(Boolean);
  }

  function newestOf(family: string) {
    return [...world.definitions.values()].findLast(
      (definition) => definition.family === family && definition.status === 'ACTIVE',
    );
  }
}
