import { Injectable } from '@nestjs/common';
import { serializeError } from '../observability/serialize-error';

/** Resolves with details where the dependency works, rejects where it does not. */
export type ReadinessCheck = () => Promise<Readonly<Record<string, unknown>>>;

export interface ReadinessOptions {
  /** Whether the service is useless without it. What it can do without is only reported, and keeps no traffic away. */
  readonly critical: boolean;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'not ready' | 'draining';
  readonly checks: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const TIME_LIMIT_MS = 2500;

/** Whether this instance should get traffic: providers register what they depend on when their module starts. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessOptions & { readonly check: ReadinessCheck }>();
  private phase: 'starting' | 'serving' | 'draining' = 'starting';

  register(name: string, options: ReadinessOptions, check: ReadinessCheck): void {
    this.checks.set(name, { ...options, check });
  }

  markStarted(): void {
    // Who is asked to stop while starting stays that way.
    if (this.phase === 'starting') this.phase = 'serving';
  }

  /** From now on this instance asks for no new traffic, but still answers. */
  startDraining(): void {
    this.phase = 'draining';
  }

  get started(): boolean {
    return this.phase !== 'starting';
  }

  get draining(): boolean {
    return this.phase === 'draining';
  }

  async report(): Promise<ReadinessReport> {
    if (this.draining) return { status: 'draining', checks: {} };
    const results = await Promise.all(
      [...this.checks].map(async ([name, { critical, check }]) => ({
        name,
        critical,
        ...(await run(check)),
      })),
    );
    const ready = this.started && results.every(({ critical, status }) => status === 'up' || !critical);
    return {
      status: ready ? 'ready' : 'not ready',
      checks: Object.fromEntries(results.map(({ name, ...result }) => [name, result])),
    };
  }
}

async function run(check: ReadinessCheck): Promise<{ status: 'up' | 'down' } & Record<string, unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${TIME_LIMIT_MS} ms`));
    }, TIME_LIMIT_MS);
  });
  try {
    return { ...(await Promise.race([check(), tooLate])), status: 'up' };
  } catch (error) {
    const { type, message, code } = serializeError(error, false);
    return { status: 'down', reason: message === '' ? (code ?? type) : message };
  } finally {
    clearTimeout(timer);
  }
}
