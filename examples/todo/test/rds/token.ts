import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from './task-credentials';

/** Whom a token has to be for. */
export interface Expected {
  readonly host: string;
  readonly region: string;
  readonly user: string;
  readonly credentials: Credentials;
  readonly now: number;
}

/** When the token was signed. */
export function signedAt(token: string): string {
  return parametersOf(token).get('X-Amz-Date') ?? '';
}

/** What is wrong with a token, as RDS would find it: computed here anew, from the description of Signature Version 4. */
export function problemOf(
  token: string,
  { host, region, user, credentials, now }: Expected,
): string | undefined {
  const given = parametersOf(token);
  const date = signedAt(token);
  const scope = `${date.slice(0, 8)}/${region}/rds-db/aws4_request`;
  const expected: Readonly<Record<string, string>> = {
    Action: 'connect',
    DBUser: user,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.AccessKeyId}/${scope}`,
    'X-Amz-Date': date,
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': credentials.Token,
    'X-Amz-SignedHeaders': 'host',
  };
  if (!token.startsWith(`${host}/?`)) return `is not for ${host}`;
  for (const [name, value] of Object.entries(expected))
    if (given.get(name) !== value) return `says ${given.get(name)} for ${name}, not ${value}`;
  if (given.get('X-Amz-Signature') !== signature(expected, host, scope, credentials))
    return 'is not signed so';
  return now > timeOf(date) + 900_000 ? 'has expired' : undefined;
}

function signature(
  parameters: Readonly<Record<string, string>>,
  host: string,
  scope: string,
  { SecretAccessKey }: Credentials,
): string {
  const query = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const request = ['GET', '/', query, `host:${host}`, '', 'host', sha256('')].join('\n');
  const text = ['AWS4-HMAC-SHA256', parameters['X-Amz-Date'], scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${SecretAccessKey}`));
  return hmac(key, text).toString('hex');
}

function parametersOf(token: string): URLSearchParams {
  return new URLSearchParams(token.slice(token.indexOf('?')));
}

/** `20260131T120000Z` in milliseconds. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
