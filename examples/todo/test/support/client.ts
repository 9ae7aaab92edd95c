export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what comes over the wire is what a test is about
  readonly body: any;
}

/** Speaks JSON to a service. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  async post(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, json(body));
  }

  async patch(path: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, json(body));
  }

  async delete(path: string): Promise<Answer> {
    return this.send('DELETE', path, {});
  }

  async send(
    method: string,
    path: string,
    init: { headers?: Readonly<Record<string, string>>; body?: string },
  ): Promise<Answer> {
    const headers = { ...this.headers, ...init.headers };
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      ...(init.body !== undefined && { body: init.body }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type')?.replace(/;.*/, '') ?? '';
    return {
      status: response.status,
      headers: response.headers,
      type,
      body: type.endsWith('json') ? JSON.parse(text) : text,
    };
  }
}

function json(body: unknown) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
