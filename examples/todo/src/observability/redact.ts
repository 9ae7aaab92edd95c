import { REDACTED, redactText } from './redact-text';
import { serializeError } from './serialize-error';

const SECRET_KEY =
  /pass(word|phrase)?$|secret|token|authorization|cookie|credential|api[-_]?key|private[-_]?key/i;
const MAXIMUM_DEPTH = 8;

/** A copy of a value without secrets: fields with telling names at any depth, and secrets within texts. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return serializeError(value);
  if (depth >= MAXIMUM_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEY.test(key) && item !== undefined && item !== null ? REDACTED : redact(item, depth + 1),
    ]),
  );
}
