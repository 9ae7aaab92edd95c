import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  TodoService,
  type TodoRequest,
} from '../../../../templates/options/delivery-ecs/files/deploy/smoke/todo-service.ts';
import { AwsFailure } from './failure.ts';
import { manifestsOf } from './images.ts';
import { operationsOf, type Operations } from './operations.ts';
import { readCall, writeAnswer, writeFailure } from './protocols.ts';
import { CONTAINER, NAME, REPOSITORY, SERVICE, ALARMS, type World } from './world.ts';

/**
 * What happens to a call in place of, or before, its answer: may throw an {@link AwsFailure}, change the world, or answer
 * `drop`, which breaks the connection after the call was carried out.
 *
 * @param count How often this operation was called, this call included.
 */
export type Fault = (count: number, input: object) => 'drop' | void;

/** Plays AWS, and the service behind its balancer, on two ports of this machine. */
export class Aws {
  readonly world: World;
  /** Every call, in order. */
  readonly calls: string[] = [];
  private readonly faults = new Map<keyof Operations, Fault>();
  private readonly after = new Map<string, () => void>();
  private readonly servers: Server[] = [];
  /** What the tasks of all releases have in common: the database, in a way. */
  readonly todos = new TodoService();
  /** Each request for todos. */
  readonly asked: TodoRequest[] = [];
  private requests = 0;
  /** Where the balancer sends a request, where tasks are more than records: the address of one that runs the revision. */
  route: ((taskDefinition: string) => string | undefined) | undefined;
  /** Told of every answer that the balancer passed on. */
  onAnswer: ((status: number) => void) | undefined;
  endpoint = '';
  address = '';

  constructor(world: World) {
    this.world = world;
  }

  async start(): Promise<this> {
    this.endpoint = await this.listen((request, response) => this.api(request, response));
    this.address = await this.listen(async (request, response) => this.service(request, response));
    this.world.parameters.set(`/${SERVICE}/staging/deployment`, {
      Name: `/${SERVICE}/staging/deployment`,
      Value: JSON.stringify(deploymentAt(this.address)),
      Version: 1,
    });
    return this;
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  }

  on(operation: keyof Operations, fault: Fault): void {
    this.faults.set(operation, fault);
  }

  /** Runs once, when the answer to an operation's first call is on its way. */
  once(operation: keyof Operations, action: () => void): void {
    this.after.set(operation, action);
  }

  private async api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      const digest = (request.url ?? '').slice('/layers/'.length);
      const found = [...this.world.images.values()]
        .map((pushed) => manifestsOf(pushed).get(digest))
        .find(Boolean);
      response.writeHead(found === undefined ? 404 : 200).end(found);
      return;
    }
    const call = readCall(request, await text(request));
    this.calls.push(call.operation);
    try {
      const output = this.answer(call.operation as keyof Operations, call.input);
      if (output === 'drop') {
        request.socket.destroy();
        return;
      }
      response.end(writeAnswer(call, output));
      const action = this.after.get(call.operation);
      this.after.delete(call.operation);
      action?.();
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      response.writeHead(error.status, { 'x-amzn-errortype': error.code }).end(writeFailure(call, error));
    }
  }

  private answer(operation: keyof Operations, input: object): object | 'drop' {
    const handler = operationsOf(this.world, this.endpoint)[operation] as
      ((given: object) => object) | undefined;
    if (!handler) throw new AwsFailure('UnknownOperationException', `${operation} is not played here.`);
    const count = this.calls.filter((name) => name === operation).length;
    const effect = this.faults.get(operation)?.(count, input);
    const output = handler(input);
    return effect === 'drop' ? 'drop' : output;
  }

  /** The balancer, and one task behind it after the other. */
  private async service(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    if (this.route) {
      await this.forward(this.route(this.world.running[0]?.taskDefinitionArn ?? ''), request, response);
      return;
    }
    const { running } = this.world;
    const task = running[this.requests % Math.max(1, running.length)];
    const requestId = request.headers['x-request-id'] ?? 'none';
    if (!task) {
      response.writeHead(503).end('no task');
      return;
    }
    const image = this.world.imageOf(task.taskDefinitionArn ?? '');
    const { name, commit, answer } = image;
    const wrong = answer?.(this.requests);
    const headers = { 'content-type': 'application/json', 'x-request-id': requestId };
    const [path = ''] = (request.url ?? '').split('?');
    if (name === 'placeholder') response.end('Nothing has been released yet.\n');
    else if (path === '/version')
      response.writeHead(wrong?.status ?? 200, headers).end(
        JSON.stringify({
          version: name,
          commit: wrong?.commit ?? commit,
          buildTime: 'unknown',
          schemaVersion: this.world.schema.at(-1) ?? 'none',
        }),
      );
    else if (path.startsWith('/v1/todos')) {
      const { method = 'GET', url = '/' } = request;
      const asked = { method, url, headers: request.headers, body: await text(request) };
      this.asked.push(asked);
      const does = () => this.todos.answer(asked);
      const told = image.todos ? image.todos(asked, does) : does();
      response.writeHead(told.status, { ...headers, ...told.headers }).end(JSON.stringify(told.body));
    } else
      response
        .writeHead(404, { ...headers, 'content-type': 'application/problem+json' })
        .end('{"status":404}');
  }

  /** Never tries again: what a user sees is what one task did. */
  private async forward(
    to: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = await text(request);
    const answer =
      to === undefined
        ? undefined
        : await fetch(`${to}${url}`, {
            method,
            headers: passedOn(headers),
            ...(body !== '' && { body }),
          }).catch(() => undefined);
    const status = answer?.status ?? 502;
    response.writeHead(status, passedOn(Object.fromEntries(answer?.headers ?? [])));
    response.end(await answer?.text());
    this.onAnswer?.(status);
  }

  private async listen(
    handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  ): Promise<string> {
    const server = createServer((request, response) => {
      void handle(request, response);
    });
    this.servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

/** Headers without those that are of one connection. */
function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  const own = ['connection', 'content-encoding', 'content-length', 'host', 'keep-alive', 'transfer-encoding'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (own.includes(name) ? [] : [[name, String(value)]])),
  );
}

/** What Terraform writes into the parameter of the deployment. */
function deploymentAt(url: string): object {
  return {
    cluster: NAME,
    service: NAME,
    container: CONTAINER,
    templateFamily: `${NAME}-template`,
    migrationTemplateFamily: `${NAME}-migration-template`,
    migrationNetwork: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
    repositoryUrl: REPOSITORY,
    url,
    logGroups: { service: `/${NAME}/service`, migration: `/${NAME}/migration` },
    rollbackAlarms: ALARMS,
    database: NAME,
  };
}
