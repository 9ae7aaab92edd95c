import { HttpStatus } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { ProblemException } from '../problem/problem';
import { idempotencyEnvironment } from './idempotency.environment';

/** A request that its client may repeat. */
export interface IdempotentRequest {
  readonly userId: string;
  readonly key: string;
  /** Tells the request from others with the same key; see {@link fingerprintOf}. */
  readonly fingerprint: string;
}

export type Outcome<T> =
  | { readonly replayed: false; readonly result: T }
  /** What the first request made, as it came back from JSON. */
  | { readonly replayed: true; readonly result: unknown };

const LOCK_NOT_AVAILABLE = '55P03';

/** The same for two requests that ask for the same, whatever the order of their fields. */
export function fingerprintOf(operation: string, body: object): string {
  const sorted = Object.fromEntries(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256')
    .update(JSON.stringify([operation, sorted]))
    .digest('hex');
}

/**
 * Does the work of a request once, however often it comes: the key and what `work` writes are committed together.
 * A repetition waits for the first request and gets its result; where `work` fails, nothing is remembered.
 *
 * @throws ProblemException 409 where the first request is still running, 422 where the key is that of another one.
 */
export async function once<T>(
  manager: EntityManager,
  request: IdempotentRequest,
  work: (manager: EntityManager) => Promise<T>,
): Promise<Outcome<T>> {
  return manager.transaction(async (transaction) => {
    if (!(await claim(transaction, request)))
      return { replayed: true, result: await replay(transaction, request) };
    const result = await work(transaction);
    await transaction.query(`UPDATE idempotency_keys SET result = $3 WHERE user_id = $1 AND key = $2`, [
      request.userId,
      request.key,
      JSON.stringify(result),
    ]);
    return { replayed: false, result };
  });
}

/** Whether the key is free, or its time is over. Waits for the transaction that has just taken it. */
async function claim(
  manager: EntityManager,
  { userId, key, fingerprint }: IdempotentRequest,
): Promise<boolean> {
  const { IDEMPOTENCY_TTL_HOURS } = idempotencyEnvironment.read();
  try {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO idempotency_keys AS existing (user_id, key, fingerprint, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(hours => $4))
       ON CONFLICT (user_id, key) DO UPDATE
         SET fingerprint = excluded.fingerprint, result = NULL, expires_at = excluded.expires_at
         WHERE existing.expires_at < now()
       RETURNING 1`,
      [userId, key, fingerprint, IDEMPOTENCY_TTL_HOURS],
    );
    return rows.length > 0;
  } catch (error) {
    if (
      error instanceof QueryFailedError &&
      (error.driverError as { code?: string }).code === LOCK_NOT_AVAILABLE
    ) {
      throw new ProblemException(
        HttpStatus.CONFLICT,
        'A request with this Idempotency-Key is still being served. Try again soon.',
      );
    }
    throw error;
  }
}

async function replay(
  manager: EntityManager,
  { userId, key, fingerprint }: IdempotentRequest,
): Promise<unknown> {
  const [first] = await manager.query<{ fingerprint: string; result: unknown }[]>(
    `SELECT fingerprint, result FROM idempotency_keys WHERE user_id = $1 AND key = $2`,
    [userId, key],
  );
  if (first?.fingerprint === fingerprint) return first.result;
  throw new ProblemException(
    HttpStatus.UNPROCESSABLE_ENTITY,
    'This Idempotency-Key was used for another request. Use a new key for each request.',
    { kind: 'idempotency-key-reused' },
  );
}
