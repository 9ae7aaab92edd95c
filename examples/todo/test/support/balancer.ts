import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './until';

const CHECK_EVERY_MS = 100;
const CHECK_LIMIT_MS = 1000;

/** An instance as a balancer sees it. */
export interface Target {
  readonly url: string;
  readonly managementUrl: string;
}

/**
 * Stands for the balancer of production: takes turns among the targets whose readiness probe succeeds, keeps its
 * connections to them open, and never repeats a request that failed.
 */
export class Balancer {
  private readonly targets = new Set<Target>();
  private readonly ready = new Set<Target>();
  private readonly answers = new Map<Target, number>();
  private readonly agent = new Agent({ keepAlive: true });
  private turn = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (incoming, outgoing) => {
      this.forward(incoming, outgoing);
    });
  }

  static async start(): Promise<Balancer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Balancer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when the target has passed its first probe. */
  async add(target: Target): Promise<void> {
    this.targets.add(target);
    void this.watch(target);
    await until('the balancer to see a ready instance', () => this.ready.has(target));
  }

  remove(target: Target): void {
    this.targets.delete(target);
    this.ready.delete(target);
  }

  /** How many requests a target has answered. */
  answeredBy(target: Target): number {
    return this.answers.get(target) ?? 0;
  }

  async stop(): Promise<void> {
    this.targets.clear();
    this.agent.destroy();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async watch(target: Target): Promise<void> {
    const probe = `${target.managementUrl}/health/ready`;
    while (this.targets.has(target)) {
      const ready = await fetch(probe, { signal: AbortSignal.timeout(CHECK_LIMIT_MS) }).then(
        async (answer) => answer.arrayBuffer().then(() => answer.ok),
        () => false,
      );
      if (ready && this.targets.has(target)) this.ready.add(target);
      else this.ready.delete(target);
      await delay(CHECK_EVERY_MS);
    }
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const target = [...this.ready][this.turn++ % this.ready.size];
    if (!target) {
      outgoing.writeHead(503).end('no instance is ready');
      return;
    }
    const { method, url = '/', headers } = incoming;
    const upstream = request(new URL(url, target.url), {
      agent: this.agent,
      ...(method && { method }),
      headers: withoutConnection(headers),
    });
    upstream.on('error', ({ message }) => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end(message);
    });
    upstream.on('response', (response) => {
      this.answers.set(target, this.answeredBy(target) + 1);
      outgoing.writeHead(response.statusCode ?? 502, withoutConnection(response.headers));
      pipeline(response, outgoing, () => undefined);
    });
    incoming.pipe(upstream);
  }
}

/** A connection ends at the balancer, on either side: what one side says of its own is not for the other. */
function withoutConnection(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const forwarded = { ...headers };
  delete forwarded.connection;
  return forwarded;
}
