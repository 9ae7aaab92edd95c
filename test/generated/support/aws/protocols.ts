import type { IncomingMessage } from 'node:http';
import type { AwsFailure } from './failure.ts';

/** A call, whichever protocol it came by. */
export interface Call {
  readonly operation: string;
  readonly input: object;
  readonly protocol: 'json' | 'query';
}

/** Reads a call: JSON names its operation in a header, the older protocol in its form. */
export function readCall(request: IncomingMessage, body: string): Call {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return {
      operation: target.slice(target.indexOf('.') + 1),
      input: JSON.parse(body || '{}') as object,
      protocol: 'json',
    };
  const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
  return { operation: Action, input, protocol: 'query' };
}

export function writeAnswer({ operation, protocol }: Call, output: object): string {
  if (protocol === 'json') return JSON.stringify(withSeconds(output));
  const result = operation === '' ? '' : `<${operation}Result>${elements(output)}</${operation}Result>`;
  return `<${operation}Response>${result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${operation}Response>`;
}

export function writeFailure({ protocol }: Call, { code, message, status }: AwsFailure): string {
  if (protocol === 'json') return JSON.stringify({ __type: code, message, Message: message });
  const type = status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}

/** JSON of AWS has times in seconds. */
function withSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withSeconds(part)]));
}

/** Lists have elements called `member`, but for those of RDS. */
const MEMBERS: Readonly<Record<string, string>> = { DBSnapshots: 'DBSnapshot' };

function elements(value: object): string {
  return Object.entries(value)
    .map(([name, part]) => element(name, part))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) {
    const members = value.map((member) => element(MEMBERS[name] ?? 'member', member)).join('');
    return `<${name}>${members}</${name}>`;
  }
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  const isObject = typeof value === 'object' && value !== null;
  return `<${name}>${isObject ? elements(value) : escape(JSON.stringify(value).replaceAll(/^"|"$/g, ''))}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
