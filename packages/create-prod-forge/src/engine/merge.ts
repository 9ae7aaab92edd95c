import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from './feature.ts';

/**
 * Merges objects key by key, later ones over earlier ones: objects are merged, arrays joined without repeats.
 *
 * Throws an Error naming the key where two sides give different plain values.
 */
export function mergeJson(base: JsonObject, addition: JsonObject, path = ''): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(addition)) {
    const existing = merged[key];
    merged[key] = existing === undefined ? value : mergeValue(existing, value, path ? `${path}.${key}` : key);
  }
  return merged;
}

function mergeValue(base: Json, addition: Json, path: string): Json {
  if (Array.isArray(base) && Array.isArray(addition)) {
    const known = new Set(base.map((item) => JSON.stringify(item)));
    return [...base, ...addition.filter((item) => !known.has(JSON.stringify(item)))];
  }
  if (isJsonObject(base) && isJsonObject(addition)) return mergeJson(base, addition, path);
  if (JSON.stringify(base) === JSON.stringify(addition)) return base;
  throw new Error(
    `two features give different values for ${path}: ${JSON.stringify(base)} and ${JSON.stringify(addition)}`,
  );
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Merges into the text of a JSON file; the result is indented by two spaces and ends in a newline. */
export function mergeIntoJsonText(text: string, addition: JsonObject): string {
  return `${JSON.stringify(mergeJson(JSON.parse(text) as JsonObject, addition), null, 2)}\n`;
}

/** Merges into the text of a YAML file with the rules of {@link mergeJson}; comments and order of the text stay. */
export function mergeIntoYamlText(text: string, addition: JsonObject): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(document.errors[0]?.message ?? 'not a YAML document');
  if (!isMap(document.contents)) throw new Error('the YAML document to merge into is not a map');
  mergeIntoMap(document, document.contents, addition, '');
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
}

function mergeIntoMap(document: Document, map: YAMLMap, addition: JsonObject, path: string): void {
  for (const [key, value] of Object.entries(addition)) {
    const here = path ? `${path}.${key}` : key;
    const existing: unknown = map.get(key, true);
    if (existing === undefined) {
      map.set(document.createNode(key), document.createNode(value));
    } else if (isMap(existing) && isJsonObject(value)) {
      mergeIntoMap(document, existing, value, here);
    } else if (isSeq(existing) && Array.isArray(value)) {
      const known = new Set((existing.toJSON() as Json[]).map((item) => JSON.stringify(item)));
      for (const item of value as readonly Json[]) {
        if (!known.has(JSON.stringify(item))) existing.add(document.createNode(item));
      }
    } else if (JSON.stringify(map.toJSON()[key]) !== JSON.stringify(value)) {
      throw new Error(`two features give different values for ${here}`);
    }
  }
}
