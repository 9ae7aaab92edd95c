import type { SchemaObject } from 'ajv';
import fc, { type Arbitrary } from 'fast-check';
import { type Operation, type Parameter, resolve } from './contract';

type Values = Readonly<Record<string, unknown>>;

/** What is sent to an operation: its parameters by their place, and the text of its body. */
export interface GeneratedRequest {
  readonly path: Values;
  readonly query: Values;
  readonly header: Values;
  readonly body?: string;
}

const FIRST = new Date('0001-01-01T00:00:00Z');
const LAST = new Date('9999-12-31T23:59:59.999Z');

/** Requests that the document allows; about half of the ids in them exist. */
export function allowedRequests(operation: Operation, ids: readonly string[]): Arbitrary<GeneratedRequest> {
  const { parameters = [], requestBody } = operation;
  const valuesFor = (parameter: Parameter) =>
    parameter.in === 'path'
      ? fc.oneof(fc.constantFrom(...ids), valuesOf(parameter.schema))
      : valuesOf(parameter.schema);
  const at = (place: Parameter['in']) => {
    const there = parameters.filter((parameter) => parameter.in === place);
    return fc.record(Object.fromEntries(there.map((parameter) => [parameter.name, valuesFor(parameter)])), {
      requiredKeys: there.filter(({ required }) => required).map(({ name }) => name),
    });
  };
  const media = requestBody?.content['application/json'];
  const body = media && valuesOf(media.schema).map((value) => JSON.stringify(value));
  return fc.record({ path: at('path'), query: at('query'), header: at('header'), ...(body && { body }) });
}

/** Requests in which one thing is something else: a parameter, a field, the whole body, or even its syntax. */
export function spoiledRequests(operation: Operation, ids: readonly string[]): Arbitrary<GeneratedRequest> {
  const text = fc.string({ unit: 'binary', maxLength: 3000 });
  const anything = fc.oneof(fc.jsonValue(), text);
  return allowedRequests(operation, ids).chain((request) => {
    const spoiledAt = (place: 'path' | 'query' | 'header', values: Arbitrary<unknown>) =>
      spoiled(request[place], values).map((spoiledValues) => ({ ...request, [place]: spoiledValues }));
    const spoiledBodies =
      request.body === undefined
        ? []
        : [
            spoiled(JSON.parse(request.body) as Values, anything).map((value) => JSON.stringify(value)),
            anything.map((value) => JSON.stringify(value)),
            text,
          ];
    return fc.oneof(
      spoiledAt('query', text),
      ...(Object.keys(request.path).length > 0 ? [spoiledAt('path', text)] : []),
      // What else a header can not be is refused by clients.
      spoiledAt('header', fc.stringMatching(/^[\x20-\x7e\x80-\xff]*$/)),
      ...spoiledBodies.map((bodies) => bodies.map((body) => ({ ...request, body }))),
    );
  });
}

/** Values of which one is another, or has an unknown name. */
function spoiled(values: Values, others: Arbitrary<unknown>): Arbitrary<Values> {
  const names = fc.constantFrom(...Object.keys(values), 'unknown');
  return fc.tuple(names, others).map(([name, other]) => ({ ...values, [name]: other }));
}

/** The values that a schema allows. It knows what the requests of this service use. */
function valuesOf(reference: SchemaObject): Arbitrary<unknown> {
  const schema = resolve<SchemaObject>(reference);
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type: string) => valuesOf({ ...schema, type })));
  }
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum as number, max: schema.maximum as number });
    case 'string':
      return textsOf(schema);
    case 'object': {
      const properties = Object.entries(schema.properties as Record<string, SchemaObject>);
      return fc.record(Object.fromEntries(properties.map(([name, property]) => [name, valuesOf(property)])), {
        requiredKeys: (schema.required ?? []) as string[],
      });
    }
    default:
      throw new Error(`Generated requests know no schema like ${JSON.stringify(schema)}.`);
  }
}

function textsOf({ format, pattern = '', minLength, maxLength }: SchemaObject): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') {
    return fc.date({ min: FIRST, max: LAST, noInvalidDate: true }).map((date) => date.toISOString());
  }
  const regex = new RegExp(pattern as string, 'u');
  if (maxLength === undefined) return fc.stringMatching(regex);
  const limits = { minLength: (minLength ?? 0) as number, maxLength: maxLength as number };
  return fc.string({ unit: 'binary', ...limits }).filter((text) => regex.test(text));
}
