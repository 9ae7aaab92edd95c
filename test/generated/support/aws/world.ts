import { randomUUID } from 'node:crypto';
import type { Deployment, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Parameter } from '@aws-sdk/client-ssm';
import { image, type Image } from './images.ts';

export const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';
export const SERVICE = 'todo';
export const NAME = 'todo-staging';
export const CONTAINER = 'app';
export const REPOSITORY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${SERVICE}`;
export const TARGET_GROUP = arn('elasticloadbalancing', 'targetgroup/todo-staging/0123456789abcdef');
export const ALARMS = [`${NAME}-server-errors`, `${NAME}-latency-p99`];
/** How long the world takes for what takes minutes in AWS. */
const START_MS = 250;
const GIVE_UP_MS = 400;
const MIGRATION_MS = 200;

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

interface Rollout extends Deployment {
  readonly id: string;
}

/** What ECS remembers of a rollout, and does not tell. */
interface Begin {
  readonly at: number;
  /** Alarms that sounded before: ECS doesn't watch those. */
  readonly unwatched: readonly string[];
}

interface Migration {
  readonly task: Task;
  readonly image: Image;
  readonly began: number;
  /** How its process ended, where it is one; absent before that. */
  exitCode?: number;
}

/** What runs the tasks of the service, where these are more than records. */
export interface Runner {
  start(taskDefinition: string, image: Image, count: number): Promise<void>;
  isReady(taskDefinition: string): boolean;
  /** Ends every task but those of one revision. */
  keep(taskDefinition: string): void;
  /** Runs a command of an image to its end, and resolves with its exit status. */
  run(image: Image, command: readonly string[], log: (line: string) => void): Promise<number>;
}

/** An account with one environment, as the calls that a release makes see it. Time is real, only faster. */
export class World {
  readonly images = new Map<string, Image>();
  readonly definitions = new Map<string, TaskDefinition>();
  readonly parameters = new Map<string, Parameter>();
  readonly sounding = new Set<string>();
  readonly snapshots = new Map<string, { status: string; began: number }>();
  readonly logs = new Map<string, string[]>();
  readonly migrations = new Map<string, Migration>();
  /** Tokens of tasks that were started: the same token starts nothing twice. */
  readonly tokens = new Map<string, string>();
  readonly tags = new Map<string, string>();
  /** Targets that fail the health checks of the balancer, by their place. */
  readonly sick = new Set<number>();
  /** What the balancer counted before and after the last change; the latency is in seconds. */
  readonly traffic = {
    before: { requests: 1_000, errors: 1, p99: 0.1 },
    after: { requests: 1_000, errors: 1, p99: 0.1 },
  };
  updatedAt = Number.POSITIVE_INFINITY;
  /** Absent where tasks are records only. */
  runner: Runner | undefined;
  rollouts: Rollout[] = [];
  desiredCount = 2;
  isCircuitBreakerOn = true;
  /** The migrations of the database, oldest first. */
  schema: string[] = [];
  private readonly begins = new Map<string, Begin>();
  private frozen: { readonly until: number; readonly service: Service } | undefined;
  /** Task definitions that were rolled out to the end, newest last. */
  private completed: string[] = [];
  /** Tasks of the service, by the task definition that they run. */
  private tasks: Task[] = [];

  constructor() {
    this.register({
      family: `${NAME}-template`,
      containerDefinitions: [
        { name: CONTAINER, image: 'node:24-slim', command: ['node', '-e', 'placeholder'], essential: true },
      ],
      taskRoleArn: arn('iam', 'role/todo-staging-task'),
    });
    this.register({
      family: `${NAME}-migration-template`,
      containerDefinitions: [
        { name: CONTAINER, image: 'node:24-slim', command: ['node', 'dist/database/migrate.js'] },
      ],
    });
    const placeholder = arn('ecs', `task-definition/${NAME}-template:1`);
    this.rollouts = [this.rolloutOf(placeholder, 'COMPLETED')];
    this.completed = [placeholder];
    this.tasks = this.startTasks(placeholder);
  }

  /** Registers a revision as ECS does: with the next number of its family. */
  register(definition: TaskDefinition): TaskDefinition {
    const { family = '' } = definition;
    const revision =
      Math.max(
        0,
        ...[...this.definitions.values()].map((d) => (d.family === family ? (d.revision ?? 0) : 0)),
      ) + 1;
    const registered: TaskDefinition = {
      ...definition,
      revision,
      status: 'ACTIVE',
      taskDefinitionArn: arn('ecs', `task-definition/${family}:${revision}`),
    };
    this.definitions.set(registered.taskDefinitionArn ?? '', registered);
    return registered;
  }

  push(pushed: Image): Image {
    this.images.set(pushed.digest, pushed);
    return pushed;
  }

  /** The image that a task definition runs; of the placeholder, one that knows no version. */
  imageOf(taskDefinition: string): Image {
    const definition = this.definitions.get(taskDefinition);
    const digest = /@(sha256:\w+)/.exec(definition?.containerDefinitions?.[0]?.image ?? '')?.[1] ?? '';
    return this.images.get(digest) ?? image('placeholder');
  }

  update(taskDefinition: string): void {
    this.advance();
    if (this.primary.taskDefinition === taskDefinition) return;
    this.updatedAt = Date.now();
    this.rollouts = [
      this.rolloutOf(taskDefinition, 'IN_PROGRESS'),
      ...this.rollouts
        .filter(({ status }) => status === 'PRIMARY')
        .map((old) => ({ ...old, status: 'ACTIVE' })),
    ];
  }

  /** Has this rolled out to the end. */
  settleOn(taskDefinition: string): void {
    this.rollouts = [this.rolloutOf(taskDefinition, 'COMPLETED')];
    this.completed.push(taskDefinition);
    this.tasks = this.startTasks(taskDefinition);
  }

  get primary(): Rollout {
    const [first] = this.rollouts;
    if (!first) throw new Error('the service has no deployment');
    return first;
  }

  /** For so long, whoever asks is told of what was before. */
  freeze(milliseconds: number): void {
    const [current, before] = this.rollouts;
    if (!current || !before) throw new Error('nothing is replaced');
    const service = {
      ...this.shown([{ ...before, status: 'PRIMARY' }]),
      taskDefinition: before.taskDefinition,
    };
    this.frozen = { until: Date.now() + milliseconds, service };
  }

  get service(): Service {
    this.advance();
    if (this.frozen && Date.now() < this.frozen.until) return this.frozen.service;
    return this.shown(this.rollouts);
  }

  private shown(rollouts: readonly Rollout[]): Service {
    return {
      serviceName: NAME,
      serviceArn: arn('ecs', `service/${NAME}/${NAME}`),
      clusterArn: arn('ecs', `cluster/${NAME}`),
      status: 'ACTIVE',
      desiredCount: this.desiredCount,
      runningCount: this.tasks.length,
      taskDefinition: this.primary.taskDefinition,
      loadBalancers: [{ targetGroupArn: TARGET_GROUP, containerName: CONTAINER, containerPort: 3000 }],
      deployments: [...rollouts],
    };
  }

  /** The tasks of the service that run. */
  get running(): readonly Task[] {
    this.advance();
    return this.tasks;
  }

  startMigration(taskDefinition: string, token: string): string {
    const known = this.tokens.get(token);
    if (known) return known;
    const id = randomUUID().replaceAll('-', '');
    const taskArn = arn('ecs', `task/${NAME}/${id}`);
    const task: Task = {
      taskArn,
      taskDefinitionArn: taskDefinition,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
    };
    const migration: Migration = { task, image: this.imageOf(taskDefinition), began: Date.now() };
    this.migrations.set(taskArn, migration);
    this.tokens.set(token, taskArn);
    const log = `migration/${CONTAINER}/${id}`;
    if (migration.image.migration === 'runs as a process') void this.runMigration(migration, log);
    else this.logs.set(log, [`migrating to ${migration.image.schema}`]);
    return taskArn;
  }

  private async runMigration(migration: Migration, log: string): Promise<void> {
    if (!this.runner) throw new Error('nothing runs processes');
    const { command = [] } =
      this.definitions.get(migration.task.taskDefinitionArn ?? '')?.containerDefinitions?.[0] ?? {};
    const lines: string[] = [];
    const keep = (line: string): void => {
      this.logs.set(log, lines);
      lines.push(line);
    };
    migration.exitCode = await this.runner.run(migration.image, command, keep);
  }

  migration(taskArn: string): Task | undefined {
    const found = this.migrations.get(taskArn);
    if (!found) return undefined;
    const { task, image: ran, began } = found;
    const isProcess = ran.migration === 'runs as a process';
    const exitCode = isProcess ? found.exitCode : ran.migration;
    if (exitCode === undefined || exitCode === 'hangs' || Date.now() - began < MIGRATION_MS) return task;
    const stopped = { ...task, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' };
    if (typeof exitCode === 'string')
      return {
        ...stopped,
        stopCode: 'TaskFailedToStart',
        stoppedReason: 'CannotPullContainerError: not found',
        containers: [{ name: CONTAINER, lastStatus: 'STOPPED' }],
      };
    if (exitCode === 0 && !this.schema.includes(ran.schema)) this.schema.push(ran.schema);
    return {
      ...stopped,
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: CONTAINER, lastStatus: 'STOPPED', exitCode }],
    };
  }

  /** Lets happen what the time that went by makes happen. */
  private advance(): void {
    const [primary] = this.rollouts;
    if (primary?.rolloutState !== 'IN_PROGRESS') return;
    const { id, taskDefinition = '' } = primary;
    const { at, unwatched } = this.begins.get(id) ?? { at: 0, unwatched: [] };
    const age = Date.now() - at;
    const { starts } = this.imageOf(taskDefinition);
    const alarm = ALARMS.find((name) => this.sounding.has(name) && !unwatched.includes(name));
    if (alarm !== undefined) this.giveUp('ECS deployment alarm', `alarm detected: ${alarm}`, Date.now());
    else if (starts === 'never' && age >= GIVE_UP_MS) {
      if (this.isCircuitBreakerOn)
        this.giveUp('ECS deployment circuit breaker', 'tasks failed to start.', at + GIVE_UP_MS);
      else this.rollouts = [{ ...primary, failedTasks: 12 }, ...this.rollouts.slice(1)];
    } else if (starts === 'well' && age >= START_MS) this.complete(primary);
    else if (starts === 'when its processes are ready' && this.runner?.isReady(taskDefinition) === true)
      this.complete(primary);
  }

  private complete(primary: Rollout): void {
    const { taskDefinition = '' } = primary;
    this.tasks = this.startTasks(taskDefinition);
    this.runner?.keep(taskDefinition);
    this.completed = [...this.completed.filter((known) => known !== taskDefinition), taskDefinition];
    this.rollouts = [
      {
        ...primary,
        rolloutState: 'COMPLETED',
        rolloutStateReason: `ECS deployment ${primary.id} completed.`,
        runningCount: this.desiredCount,
        pendingCount: 0,
      },
    ];
  }

  /** Goes back to what was rolled out last, in a deployment of its own. */
  private giveUp(who: string, why: string, when: number): void {
    const [failed] = this.rollouts;
    const to = this.completed.at(-1) ?? '';
    if (!failed) return;
    this.rollouts = [
      {
        ...this.rolloutOf(to, 'IN_PROGRESS', when),
        rolloutStateReason: `${who}: rolling back to deploymentId of ${to}.`,
      },
      { ...failed, status: 'INACTIVE', rolloutState: 'FAILED', rolloutStateReason: `${who}: ${why}` },
    ];
    // That may be so long ago that the way back is over, too.
    this.advance();
  }

  private rolloutOf(
    taskDefinition: string,
    rolloutState: 'COMPLETED' | 'IN_PROGRESS',
    at = Date.now(),
  ): Rollout {
    const isDone = rolloutState === 'COMPLETED';
    const id = `ecs-svc/${String(this.begins.size + 1).padStart(16, '0')}`;
    const next = this.imageOf(taskDefinition);
    if (!isDone && next.starts === 'when its processes are ready')
      void this.runner?.start(taskDefinition, next, this.desiredCount);
    this.begins.set(id, { at, unwatched: [...this.sounding] });
    return {
      id,
      status: 'PRIMARY',
      taskDefinition,
      rolloutState,
      rolloutStateReason: `ECS deployment ${isDone ? 'completed' : 'in progress'}.`,
      desiredCount: this.desiredCount,
      runningCount: isDone ? this.desiredCount : 0,
      pendingCount: isDone ? 0 : this.desiredCount,
      failedTasks: 0,
      createdAt: new Date(),
    };
  }

  private startTasks(taskDefinition: string): Task[] {
    const { reportedDigest } = this.imageOf(taskDefinition);
    return Array.from({ length: this.desiredCount }, () => ({
      taskArn: arn('ecs', `task/${NAME}/${randomUUID().replaceAll('-', '')}`),
      taskDefinitionArn: taskDefinition,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      containers: [{ name: CONTAINER, lastStatus: 'RUNNING', imageDigest: reportedDigest }],
    }));
  }
}
