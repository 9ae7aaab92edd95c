import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Readiness } from '../health/readiness';
import { LOGGER } from '../observability/logger';
import { RedisMetrics } from './redis-metrics';
import { redisEnvironment } from './redis.environment';

const LONGEST_PAUSE_MS = 2000;
/** So many commands in a row without an answer mean that the connection is of no use. */
const UNANSWERED_COMMANDS = 3;

/**
 * The one connection to Redis. While it is not there, commands are refused at once instead of being queued, and
 * it is tried again for ever, with growing pauses.
 */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  /** For libraries that bring commands of their own; everything else goes through {@link run}. */
  readonly client: Redis;
  private state: 'unknown' | 'up' | 'down' | 'closed' = 'unknown';
  private failure: unknown;
  private unanswered = 0;

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: RedisMetrics,
    private readonly readiness: Readiness,
  ) {
    const { REDIS_URL, REDIS_CONNECT_TIMEOUT_MS, REDIS_COMMAND_TIMEOUT_MS } = redisEnvironment.read();
    this.client = new Redis(REDIS_URL, {
      lazyConnect: true,
      connectTimeout: REDIS_CONNECT_TIMEOUT_MS,
      commandTimeout: REDIS_COMMAND_TIMEOUT_MS,
      // A request that waits for Redis to come back is worse off than one that goes to the database.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), LONGEST_PAUSE_MS),
      // After a failover the old primary is a replica, which takes no writes.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    });
    this.client.on('error', (error) => {
      this.failure = error;
    });
    this.client.on('ready', () => {
      this.became('up');
    });
    this.client.on('close', () => {
      this.became('down');
    });
  }

  /** Waits for the first attempt only: the service starts without Redis, too. */
  async onModuleInit(): Promise<void> {
    this.readiness.register('redis', { critical: false }, async () => {
      await this.run('ping', async (client) => client.ping());
      return {};
    });
    this.metrics.showState(() => this.isReady);
    await this.client.connect().catch(() => undefined);
  }

  /** The HTTP server has closed by now: nobody needs the connection any more. */
  async onApplicationShutdown(): Promise<void> {
    const wasReady = this.isReady;
    this.state = 'closed';
    if (wasReady) await this.client.quit().catch(() => undefined);
    this.client.disconnect();
  }

  get isReady(): boolean {
    return this.client.status === 'ready';
  }

  /** Calls back whenever the connection has come (back) to life. */
  onReady(listener: () => void): void {
    this.client.on('ready', listener);
  }

  /**
   * Runs one command.
   *
   * @param operation Names the command in the metrics.
   * @throws Error within the command timeout where Redis does not answer, at once where it is not connected.
   */
  async run<T>(operation: string, command: (client: Redis) => Promise<T>): Promise<T> {
    if (!this.isReady) throw new Error('Redis is not connected', { cause: this.failure });
    const end = this.metrics.startCommand(operation);
    try {
      const result = await command(this.client);
      this.unanswered = 0;
      end('ok');
      return result;
    } catch (error) {
      end('error');
      if (isTimeout(error)) this.missedAnswer(error);
      throw error;
    }
  }

  private missedAnswer(error: unknown): void {
    this.unanswered += 1;
    if (this.unanswered < UNANSWERED_COMMANDS) return;
    this.unanswered = 0;
    this.failure = error;
    if (this.isReady) this.client.disconnect(true);
  }

  /** Says once when Redis goes and once when it comes back, not with every attempt or request. */
  private became(state: 'up' | 'down'): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    if (state === 'up') {
      this.failure = undefined;
      this.logger.info('Redis is connected');
    } else {
      this.logger.warn({ err: this.failure }, 'Redis is not connected: the service goes on without it');
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Command timed out';
}
