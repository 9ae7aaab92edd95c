/** A request of a file in the syntax of VS Code's REST Client, with its placeholders. */
export interface FileRequest {
  readonly title: string;
  readonly status: number;
  /** Under which later requests refer to its answer. */
  readonly name: string | undefined;
  readonly text: string;
}

/** What a request is answered with, as far as later requests can refer to it. */
export interface FileAnswer {
  readonly headers: Headers;
  readonly body: unknown;
}

const REQUEST = /^### (?<title>.+): (?<status>\d{3})\n(?:# @name (?<name>\w+)\n)?(?<text>[^]+)$/;

/** The requests of a file, in their order, and the variables that it sets. */
export function parseHttpFile(source: string): { requests: FileRequest[]; variables: Map<string, string> } {
  const [head = '', ...parts] = source.split(/^(?=###)/m);
  const variables = new Map(
    [...head.matchAll(/^@(\w+) = (.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const requests = parts.map((part) => {
    const { title, status, name, text } = REQUEST.exec(part.trim())?.groups ?? {};
    if (!title || !text) throw new Error(`not a request with a title and a status:\n${part}`);
    return { title, status: Number(status), name, text };
  });
  return { requests, variables };
}

/** What `fetch` needs for a request. */
export function fillIn(
  { text }: FileRequest,
  variables: ReadonlyMap<string, string>,
  answers: ReadonlyMap<string, FileAnswer>,
): { url: string; init: RequestInit } {
  const filled = text.replace(/\{\{([\w.$-]+)\}\}/g, (_, path: string) => {
    const value = variables.get(path) ?? valueAt(path, answers);
    if (typeof value !== 'string') throw new Error(`{{${path}}} is no text`);
    return value;
  });
  const [head = '', body] = filled.split(/\n\n/, 2);
  const [line = '', ...headers] = head.split('\n');
  const [method, url = ''] = line.split(' ', 2);
  return {
    url,
    init: {
      method,
      headers: headers.map((header) => header.split(': ', 2) as [string, string]),
      ...(body !== undefined && { body }),
    },
  };
}

function valueAt(path: string, answers: ReadonlyMap<string, FileAnswer>): unknown {
  const [name = '', , part, ...key] = path.split('.');
  const answer = answers.get(name);
  if (part === 'headers') return answer?.headers.get(key.join('.'));
  // A path of JSON begins at the root, `$`.
  return (answer?.body as Record<string, unknown> | undefined)?.[key[1] ?? ''];
}
