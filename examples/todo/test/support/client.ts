import { checkAnswer } from './contract';

type Headers = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly headers: Response['headers'];
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what comes over the wire is what a test is about
  readonly body: any;
}

/** Speaks JSON to a service, whose every answer has to be as the OpenAPI document has it. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly headers: Headers = {},
  ) {}

  async get(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  async post(path: string, body: unknown, headers: Headers = {}): Promise<Answer> {
    return this.send('POST', path, json(body, headers));
  }

  async patch(path: string, body: unknown, headers: Headers = {}): Promise<Answer> {
    return this.send('PATCH', path, json(body, headers));
  }

  async delete(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send('DELETE', path, { headers });
  }

  async send(method: string, path: string, init: { headers?: Headers; body?: string }): Promise<Answer> {
    const headers = { ...this.headers, ...init.headers };
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      ...(init.body !== undefined && { body: init.body }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type')?.replace(/;.*/, '') ?? '';
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      type,
      body: text !== '' && type.endsWith('json') ? JSON.parse(text) : text,
    };
    checkAnswer(method, path, answer);
    return answer;
  }
}

function json(body: unknown, headers: Headers) {
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
