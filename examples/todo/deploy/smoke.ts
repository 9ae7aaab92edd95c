import { randomUUID } from 'node:crypto';
import type { Finding } from '#deploy/core/health';

const TIMEOUT_MS = 10_000;

interface Probe {
  readonly title: string;
  readonly run: (url: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** What any release answers to anybody, through the public address. Each says what is wrong. */
const PROBES: readonly Probe[] = [
  {
    title: 'an unknown path',
    run: async (url, signal) => {
      const response = await get(`${url}/${randomUUID()}`, signal);
      const type = response.headers.get('content-type') ?? '';
      if (response.status !== 404) return `answers ${response.status}, not 404`;
      return type.startsWith('application/problem+json') ? undefined : `answers with ${type || 'no type'}`;
    },
  },
  {
    title: 'the list of todos',
    run: async (url, signal) => {
      const { status } = await get(`${url}/v1/todos?limit=1`, signal);
      // Whoever is unknown may be turned away; the database was asked or not needed.
      return status === 200 || status === 401 ? undefined : `answers ${status}`;
    },
  },
  {
    title: 'the id of a request',
    run: async (url, signal) => {
      const id = randomUUID();
      const response = await get(`${url}/version`, signal, { 'x-request-id': id });
      return response.headers.get('x-request-id') === id ? undefined : 'does not come back';
    },
  },
  {
    title: 'the metrics',
    run: async (url, signal) => {
      const { status } = await get(`${url}/metrics`, signal);
      return status === 404 ? undefined : `answer ${status} to the public`;
    },
  },
];

export async function smoke(url: string, signal: AbortSignal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { title, run } of PROBES) {
    const wrong = await run(url, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      return `fails: ${(error as Error).message}`;
    });
    if (wrong !== undefined) findings.push({ kind: 'answer', text: `${title} ${wrong}` });
  }
  return findings;
}

async function get(url: string, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    headers,
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  await response.arrayBuffer();
  return response;
}
