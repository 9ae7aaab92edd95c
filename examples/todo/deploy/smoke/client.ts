import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const TIMEOUT_MS = 10_000;
const TRIES = 3;

/** Something that a user would not get as it should be; the message says what. */
export class Wrong extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Wrong';
  }
}

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** What the JSON says; empty where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A user of the service, through its public address. */
export class Client {
  private readonly url: string;
  private readonly authorization: string | undefined;
  private readonly signal: AbortSignal;

  /** @param authorization The header of a user; undefined for nobody in particular. */
  constructor(url: string, authorization: string | undefined, signal: AbortSignal) {
    this.url = url;
    this.authorization = authorization;
    this.signal = signal;
  }

  /** The same user, with a signal of its own. */
  until(signal: AbortSignal): Client {
    return new Client(this.url, this.authorization, signal);
  }

  /**
   * Throws a {@link Wrong} where the status is none of the expected ones, or the answer is to another request.
   *
   * @param what What this does, as the subject of a sentence.
   */
  async expect(statuses: readonly number[], what: string, asked: Asked): Promise<Answered> {
    const id = randomUUID();
    const answer = await this.send(what, asked, id);
    const echo = answer.headers.get('x-request-id');
    // With its id the log says more.
    if (!statuses.includes(answer.status))
      throw new Wrong(`${what} answers ${answer.status}, not ${statuses.join(' or ')} (request ${id})`);
    if (echo !== id) throw new Wrong(`${what} answers for the request ${echo ?? 'without an id'}, not ${id}`);
    return answer;
  }

  /** An answer counts as it is; where there is none, the way to the service may be at fault, so it is tried again. */
  private async send(what: string, asked: Asked, id: string): Promise<Answered> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(asked, id);
      } catch (error) {
        this.signal.throwIfAborted();
        if (attempt === TRIES) throw new Wrong(`${what} gets no answer: ${(error as Error).message}`);
        await pause(attempt * 500, undefined, { signal: this.signal });
      }
    }
  }

  private async once({ path, method, headers, body }: Asked, id: string): Promise<Answered> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'x-request-id': id,
        ...(this.authorization !== undefined && { authorization: this.authorization }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return { status: response.status, headers: response.headers, body: objectIn(await response.text()) };
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Throws a {@link Wrong} where an answer does not tell of an error as all do. */
export function isProblem(what: string, { headers }: Answered): void {
  const type = headers.get('content-type') ?? 'without a type';
  if (!type.startsWith('application/problem+json'))
    throw new Wrong(`${what} is answered ${type}, not application/problem+json`);
}
