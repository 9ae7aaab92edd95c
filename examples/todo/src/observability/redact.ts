import { EventEmitter } from 'node:events';
import { REDACTED, redactText } from './redact-text';
import { serializeError } from './serialize-error';

const SECRET_NAME =
  /passw(or)?d|passphrase|pass$|pwd|secret|token|authorization|cookie|credential|signature|session[-_]?id|(api|access|private)[-_]?key/i;
const SECRET_HEADER = /^(set-)?cookie$|^(proxy-)?authorization$|(key|token|secret|password)$/i;
const MAXIMUM_DEPTH = 8;
/** The characters of a line: what collects logs splits or drops longer ones. */
const MAXIMUM_SIZE = 32_768;

/**
 * A copy of any value, as JSON can have it: without secrets, which are fields with telling names at any depth and
 * secrets within texts, and no larger than a line of the log may be. It never throws.
 */
export function redact(value: unknown): unknown {
  return new Copy().of(value);
}

class Copy {
  private readonly ancestors: object[] = [];
  private left = MAXIMUM_SIZE;

  of(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'object':
        return value === null ? null : this.object(value);
      case 'bigint':
        return String(value);
      case 'function':
      case 'symbol':
        return undefined;
      case 'boolean':
      case 'number':
      case 'undefined':
        return value;
    }
  }

  private text(value: string): string {
    const text = redactText(value);
    this.left -= text.length;
    return text;
  }

  private object(value: object): unknown {
    if (this.ancestors.includes(value)) return '[circular]';
    if (this.ancestors.length === MAXIMUM_DEPTH) return '[too deep]';
    this.ancestors.push(value);
    try {
      return this.content(value);
    } catch {
      // `toJSON` or a proxy has thrown.
      return '[unreadable]';
    } finally {
      this.ancestors.pop();
    }
  }

  private content(value: object): unknown {
    if (Array.isArray(value)) return this.items(value, value.length === 2 ? SECRET_NAME : SECRET_HEADER);
    // The items of a map are pairs.
    if (value instanceof Set || value instanceof Map) return this.items(value, SECRET_HEADER);
    if (value instanceof Error) return this.error(value);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    // Requests, sockets, pools: what they hold is endless, and not meant to be read.
    if (value instanceof EventEmitter) return `[${value.constructor.name}]`;
    if (value instanceof URLSearchParams) return this.text(String(value));
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? this.of(toJSON.call(value)) : this.fields(value);
  }

  private error(error: Error): unknown {
    const serialized = serializeError(error);
    this.left -= JSON.stringify(serialized).length;
    return serialized;
  }

  /** Among names and values, in pairs or in turns as in raw headers, what follows the name of a secret is one. */
  private items(values: Iterable<unknown>, secretName: RegExp): unknown[] {
    const items: unknown[] = [];
    let isSecret = false;
    for (const value of values) {
      if ((this.left -= 1) < 0) return [...items, '[truncated]'];
      items.push(isSecret ? REDACTED : this.of(value));
      isSecret = !isSecret && typeof value === 'string' && secretName.test(value);
    }
    return items;
  }

  private fields(value: object): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      if ((this.left -= name.length) < 0) return { ...fields, '…': '[truncated]' };
      if (name !== '__proto__') fields[name] = this.field(value, name);
    }
    return fields;
  }

  private field(owner: object, name: string): unknown {
    try {
      const value = (owner as Record<string, unknown>)[name];
      return value !== undefined && value !== null && SECRET_NAME.test(name) ? REDACTED : this.of(value);
    } catch {
      // A getter has thrown.
      return '[unreadable]';
    }
  }
}
