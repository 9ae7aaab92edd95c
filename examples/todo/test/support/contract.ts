import { Ajv2020, type SchemaObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';

interface Reference {
  readonly $ref: string;
}
type Named<T> = Readonly<Record<string, T>>;

interface Header {
  readonly required?: boolean;
  readonly schema: SchemaObject;
}

interface Media {
  readonly schema: SchemaObject;
}

interface DocumentedResponse {
  readonly headers?: Named<Header | Reference>;
  readonly content?: Named<Media>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: SchemaObject;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Named<Media> };
  readonly responses: Named<DocumentedResponse | Reference>;
}

/** An answer to a request, as far as the contract speaks of it. */
export interface CheckedAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The media type, or empty. */
  readonly type: string;
  readonly body: unknown;
}

interface Document {
  readonly paths: Named<Named<Operation>>;
  readonly components: { readonly headers: Named<Header>; readonly schemas: Named<SchemaObject> };
}

/** Pages for people, which are no part of the API. */
const PAGES = /^\/(docs(\/.*)?|openapi\.json)$/;
const PROBLEM_JSON = 'application/problem+json';
/** The headers of every answer. */
const ALWAYS = {
  'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
  'Cache-Control': { $ref: '#/components/headers/Cache-Control' },
};

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document;
// What the service answers is documented to the last field; clients, though, have to tolerate new ones.
for (const schema of Object.values(document.components.schemas)) schema.additionalProperties ??= false;
const ajv = addFormats(new Ajv2020({ allErrors: true, strict: true, strictTypes: false }));
// The document is no schema, but has those that its references name.
ajv.addVocabulary(Object.keys(document)).addSchema(document, 'openapi.json');

/** Every operation of the document, with its method and the template of its path. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    ...operation,
  })),
);

/** What a reference in the document stands for; anything else stands for itself. */
export function resolve<T extends object>(value: T | Reference): T {
  if (!('$ref' in value)) return value;
  const keys = value.$ref.slice(2).split('/');
  return keys.reduce<unknown>((node, key) => (node as Named<unknown>)[key], document) as T;
}

/**
 * Compares an answer with what the document says of the operation. Where there is no such operation, an error has to be
 * problem details all the same.
 *
 * @throws Error with everything that is not as documented.
 */
export function checkAnswer(method: string, url: string, answer: CheckedAnswer): void {
  const [path = ''] = url.split(/[?#]/);
  const operation = operationOf(method, path);
  const response = operation ? operation.responses[answer.status] : undefined;
  const faults = operation
    ? response
      ? responseFaults(resolve(response), answer, method === 'HEAD')
      : [`${operation.operationId} has no status ${answer.status}`]
    : undocumentedFaults(path, answer);
  if (faults.length === 0) return;
  const text = JSON.stringify(answer.body);
  throw new Error(
    `Not as openapi.json has it: ${method} ${url} → ${answer.status} ${text}\n- ${faults.join('\n- ')}`,
  );
}

function operationOf(method: string, path: string) {
  const documented = method === 'HEAD' ? 'GET' : method;
  return operations.find((operation) => {
    const pattern = operation.path.replace(/\{\w+\}/g, '[^/]+');
    return operation.method === documented && new RegExp(`^${pattern}$`).test(path);
  });
}

function undocumentedFaults(path: string, answer: CheckedAnswer): string[] {
  if (answer.status < 400)
    return PAGES.test(path) || answer.status === 204 ? [] : ['there is no such operation'];
  const isAllowMissing = answer.status === 405 && answer.headers.get('allow') === null;
  return [
    ...(isAllowMissing ? ['Allow is missing'] : []),
    ...(answer.type === PROBLEM_JSON ? [] : [`the type is ${answer.type}`]),
    ...headerFaults(ALWAYS, answer, false),
    ...schemaFaults({ $ref: '#/components/schemas/Problem' }, answer.body, 'body'),
  ];
}

function responseFaults(
  { headers = {}, content }: DocumentedResponse,
  answer: CheckedAnswer,
  isHead: boolean,
): string[] {
  return [...headerFaults(headers, answer, true), ...(isHead ? [] : bodyFaults(content, answer))];
}

function bodyFaults(content: DocumentedResponse['content'], { type, body }: CheckedAnswer): string[] {
  if (!content) return body === '' ? [] : ['there is a body'];
  const media = content[type];
  return media ? schemaFaults(media.schema, body, 'body') : [`the type is "${type}"`];
}

/** @param complete Whether a header that the document knows elsewhere must be documented here, too. */
function headerFaults(
  documented: Named<Header | Reference>,
  { headers }: CheckedAnswer,
  complete: boolean,
): string[] {
  const undocumented = Object.keys(document.components.headers).filter(
    (name) => complete && !(name in documented) && headers.get(name) !== null,
  );
  return [
    ...undocumented.map((name) => `${name} is not documented`),
    ...Object.entries(documented).flatMap(([name, header]) => {
      const { required, schema } = resolve<Header>(header);
      const value = headers.get(name);
      if (value === null) return required ? [`${name} is missing`] : [];
      return schemaFaults(schema, schema.type === 'integer' ? Number(value) : value, name);
    }),
  ];
}

function schemaFaults(schema: SchemaObject, value: unknown, dataVar: string): string[] {
  // Both are compiled once.
  const validate =
    '$ref' in schema ? ajv.getSchema(`openapi.json${String(schema.$ref)}`) : ajv.compile(schema);
  if (!validate) throw new Error(`openapi.json has no ${String(schema.$ref)}`);
  return validate(value) ? [] : [ajv.errorsText(validate.errors, { dataVar, separator: '\n- ' })];
}
