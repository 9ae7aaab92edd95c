import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { KeySpace } from './key-space';
import { RedisConnection } from './redis-connection';
import { type CacheOperation, RedisMetrics } from './redis-metrics';

/** Longer than any value lives; refreshed by each write. */
const GENERATION_TTL_SECONDS = 7 * 86_400;
/** How many users with a missed invalidation an instance remembers. */
const MAXIMUM_OUTDATED = 10_000;

const StoredValue = z.object({ generation: z.string(), value: z.unknown() });

/** Something of one user that can be read from the cache. */
export interface CachedRead<T> {
  readonly operation: CacheOperation;
  readonly userId: string;
  /** Names the value among those of the user; the number of names must be bounded. */
  readonly name: string;
  readonly ttlSeconds: number;
  /** Reads it from the database; null is not cached. */
  readonly load: () => Promise<T | null>;
  /** Makes the value again from what JSON keeps of it. */
  readonly revive: (json: unknown) => T;
}

/**
 * Cache-aside reads, by user. Every value carries the user's generation at the time when its loading began, and
 * counts only as long as the user still has it: one new generation makes all of a user's values worthless, also
 * those that a slow reader is about to store.
 *
 * Without Redis every read goes to the database.
 */
@Injectable()
export class UserCache {
  private readonly loading = new Map<string, Promise<unknown>>();
  /** Users whose last invalidation did not reach Redis, each with the attempt. */
  private readonly outdated = new Map<string, symbol>();

  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: KeySpace,
    private readonly metrics: RedisMetrics,
  ) {
    redis.onReady(() => void this.catchUp());
  }

  /** The cached value, or else the loaded one. Fails only where loading does. */
  async read<T>(read: CachedRead<T>): Promise<T | null> {
    const { generation, hit } = await this.lookUp(read);
    if (hit) return hit.value;
    return generation === undefined ? read.load() : this.loadOnce(read, generation);
  }

  /** To be called after every write of the user's data, also where its outcome is not known. Never fails. */
  async invalidate(userId: string): Promise<void> {
    const attempt = Symbol(userId);
    this.remember(userId, attempt);
    try {
      await this.redis.run('invalidate', async (client) =>
        client.set(this.generationKey(userId), randomUUID(), 'EX', GENERATION_TTL_SECONDS),
      );
      if (this.outdated.get(userId) === attempt) this.outdated.delete(userId);
      this.metrics.cacheInvalidated('ok');
    } catch {
      this.metrics.cacheInvalidated('error');
    }
  }

  private async lookUp<T>(read: CachedRead<T>): Promise<{ generation?: string; hit?: { value: T } }> {
    const { operation, userId, name, revive } = read;
    try {
      await this.ensureCurrent(userId);
      const [generation, stored] = await this.redis.run('read', async (client) =>
        client.mget(this.generationKey(userId), this.keys.userKey(userId, name)),
      );
      if (generation && stored) {
        const found = StoredValue.parse(JSON.parse(stored));
        if (found.generation === generation) {
          const value = revive(found.value);
          this.metrics.cacheRead(operation, 'hit');
          return { hit: { value } };
        }
      }
      const current = generation ?? (await this.newGeneration(userId));
      this.metrics.cacheRead(operation, 'miss');
      return current === undefined ? {} : { generation: current };
    } catch {
      this.metrics.cacheRead(operation, 'error');
      return {};
    }
  }

  /** Many requests for the same missing value are one query. */
  private async loadOnce<T>(read: CachedRead<T>, generation: string): Promise<T | null> {
    const id = `${generation} ${read.name}`;
    const running = this.loading.get(id) as Promise<T | null> | undefined;
    if (running) return running;
    const loading = this.loadAndStore(read, generation).finally(() => this.loading.delete(id));
    this.loading.set(id, loading);
    return loading;
  }

  private async loadAndStore<T>(read: CachedRead<T>, generation: string): Promise<T | null> {
    const value = await read.load();
    if (value === null) return null;
    const { userId, name, ttlSeconds } = read;
    try {
      await this.redis.run('store', async (client) =>
        client.set(this.keys.userKey(userId, name), JSON.stringify({ generation, value }), 'EX', ttlSeconds),
      );
    } catch {
      // The next reader finds nothing and asks the database: the connection has said what is wrong.
    }
    return value;
  }

  /** Undefined where another instance has just begun one. */
  private async newGeneration(userId: string): Promise<string | undefined> {
    const generation = randomUUID();
    const made = await this.redis.run('begin', async (client) =>
      client.set(this.generationKey(userId), generation, 'EX', GENERATION_TTL_SECONDS, 'NX'),
    );
    return made === 'OK' ? generation : undefined;
  }

  /** Nothing is read from the cache for a user whose last invalidation did not reach it. */
  private async ensureCurrent(userId: string): Promise<void> {
    if (!this.outdated.has(userId)) return;
    await this.invalidate(userId);
    if (this.outdated.has(userId)) throw new Error('an invalidation is missing');
  }

  /** Makes up for the invalidations of an outage, so that other instances serve nothing from before it. */
  private async catchUp(): Promise<void> {
    for (const userId of [...this.outdated.keys()]) {
      if (!this.redis.isReady) return;
      await this.invalidate(userId);
    }
  }

  private remember(userId: string, attempt: symbol): void {
    this.outdated.delete(userId);
    this.outdated.set(userId, attempt);
    const [oldest] = this.outdated.keys();
    if (this.outdated.size > MAXIMUM_OUTDATED && oldest !== undefined) this.outdated.delete(oldest);
  }

  private generationKey(userId: string): string {
    return this.keys.userKey(userId, 'generation');
  }
}
