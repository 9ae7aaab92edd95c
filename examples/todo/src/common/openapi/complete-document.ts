import type { OpenAPIObject } from '@nestjs/swagger';
import { COMMON_HEADERS, RESPONSE_HEADERS, responseHeaders } from '../http/response-headers';
import { problemResponses } from '../problem/problem-responses';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Components = NonNullable<OpenAPIObject['components']>;
type Schema = NonNullable<Components['schemas']>[string];

/** Adds what holds for every operation to the document that NestJS makes of the decorators. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const { openapi, servers, paths } = document;
  const { title, description, version } = document.info;
  const schemas = document.components?.schemas ?? {};
  for (const operation of operationsOf(document)) {
    completeResponses(operation);
    refuseUnknownFields(operation, schemas);
  }
  for (const schema of [...Object.values(schemas), ...parameterSchemas(document)]) modernizeExamples(schema);
  const components = { ...document.components, headers: RESPONSE_HEADERS, responses: problemResponses() };
  return withoutUnused({
    openapi,
    info: { title, description, version },
    servers,
    security: [],
    paths,
    components,
  });
}

function operationsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.values(paths).flatMap((path) => Object.values(path) as Operation[]);
}

function parameterSchemas(document: OpenAPIObject): Schema[] {
  return operationsOf(document)
    .flatMap(({ parameters = [] }) => parameters)
    .flatMap((parameter) => ('schema' in parameter && parameter.schema ? [parameter.schema] : []));
}

function completeResponses({ responses }: Operation): void {
  for (const response of Object.values(responses)) {
    if (!response) continue;
    // NestJS adds an empty description, which would hide the one that is meant.
    if ('$ref' in response) Reflect.deleteProperty(response, 'description');
    else response.headers = { ...responseHeaders(...COMMON_HEADERS), ...response.headers };
  }
}

/** The validation refuses what it does not know. */
function refuseUnknownFields({ requestBody }: Operation, schemas: Readonly<Record<string, Schema>>): void {
  if (!requestBody || '$ref' in requestBody) return;
  for (const { schema } of Object.values(requestBody.content)) {
    const named = schema && '$ref' in schema ? schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
    if (named && !('$ref' in named)) named.additionalProperties = false;
  }
}

/** OpenAPI 3.1 has deprecated `example` in schemas, which NestJS writes. */
function modernizeExamples(schema: Schema): void {
  if ('$ref' in schema) return;
  if ('example' in schema) {
    schema.examples = [schema.example];
    delete schema.example;
  }
  Object.values(schema.properties ?? {}).forEach(modernizeExamples);
}

/** Without the components that no operation needs. */
function withoutUnused(document: OpenAPIObject): OpenAPIObject {
  const used = (section: string, name: string) =>
    JSON.stringify(document).includes(`"#/components/${section}/${name}"`);
  const components = Object.entries(document.components ?? {}).map(([section, entries]) => [
    section,
    Object.fromEntries(Object.entries(entries as object).filter(([name]) => used(section, name))),
  ]);
  return { ...document, components: Object.fromEntries(components) as Components };
}
