import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Call } from '#deploy/cloud/cloud';
import type { Deployment } from '#deploy/core/deployment';

export function readService({ cluster, service }: Deployment): Call<Service | undefined> {
  return async ({ ecs }, abortSignal) => {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }), {
      abortSignal,
    });
    return services?.[0];
  };
}

/** A revision by its ARN, or the newest active one of a family; undefined where there is none. */
export function readTaskDefinition(name: string): Call<TaskDefinition | undefined> {
  return async ({ ecs }, abortSignal) => {
    try {
      const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }), {
        abortSignal,
      });
      return taskDefinition;
    } catch (error) {
      // What AWS says of a revision that was never there.
      if ((error as Error).name === 'ClientException') return undefined;
      throw error;
    }
  };
}

/** Resolves with the ARN of the new revision. */
export function register(input: RegisterTaskDefinitionCommandInput): Call<string> {
  return async ({ ecs }, abortSignal) => {
    const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(input), { abortSignal });
    return present(taskDefinition?.taskDefinitionArn, 'RegisterTaskDefinition gave no ARN');
  };
}

/** Starts a task; once, for the SDK gives each call a token that is repeated with it. Resolves with its ARN. */
export function runTask(deployment: Deployment, taskDefinition: string): Call<string> {
  const { subnets, securityGroups, assignPublicIp } = deployment.migrationNetwork;
  return async ({ ecs }, abortSignal) => {
    const { tasks, failures } = await ecs.send(
      new RunTaskCommand({
        cluster: deployment.cluster,
        taskDefinition,
        launchType: 'FARGATE',
        startedBy: 'deploy',
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [...subnets],
            securityGroups: [...securityGroups],
            assignPublicIp,
          },
        },
      }),
      { abortSignal },
    );
    const [failure] = failures ?? [];
    return present(
      tasks?.[0]?.taskArn,
      `ECS does not start the task: ${failure?.reason ?? 'no reason given'}`,
    );
  };
}

export function readTask(cluster: string, task: string): Call<Task | undefined> {
  return async ({ ecs }, abortSignal) => {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] }), { abortSignal });
    return tasks?.[0];
  };
}

/** The tasks of the service that should run. */
export function readTasks({ cluster, service }: Deployment): Call<readonly Task[]> {
  return async ({ ecs }, abortSignal) => {
    const { taskArns = [] } = await ecs.send(
      new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'RUNNING' }),
      { abortSignal },
    );
    if (taskArns.length === 0) return [];
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }), { abortSignal });
    return tasks ?? [];
  };
}

/** Says what the service should run, and leaves how many tasks to autoscaling. Resolves with the id of the deployment. */
export function updateService({ cluster, service }: Deployment, taskDefinition: string): Call<string> {
  return async ({ ecs }, abortSignal) => {
    const { service: updated } = await ecs.send(
      new UpdateServiceCommand({ cluster, service, taskDefinition }),
      { abortSignal },
    );
    const primary = updated?.deployments?.find(({ status }) => status === 'PRIMARY');
    return present(primary?.id, 'UpdateService gave no deployment');
  };
}

function present(value: string | undefined, otherwise: string): string {
  if (value === undefined) throw new Error(`${otherwise}.`);
  return value;
}
