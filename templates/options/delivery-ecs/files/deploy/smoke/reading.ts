import { randomUUID } from 'node:crypto';
import { type Client, isProblem } from '#deploy/smoke/client';

type Probe = (client: Client) => Promise<void>;

const unknownPath: Probe = async (client) => {
  const what = 'an unknown path';
  isProblem(what, await client.expect([404], what, { path: `/${randomUUID()}` }));
};

const metrics: Probe = async (client) => {
  await client.expect([404], 'asking for the metrics from outside', { path: '/metrics' });
};

/** @param isKnown Whether the client is a user: whoever is not may be turned away. */
const list =
  (isKnown: boolean): Probe =>
  async (client) => {
    const path = '/v1/todos?limit=1';
    await client.expect(isKnown ? [200] : [200, 401], 'listing todos', { path });
  };

/** What any release answers, and what leaves no trace. */
export function reading({ isKnown }: { readonly isKnown: boolean }): readonly Probe[] {
  return [unknownPath, metrics, list(isKnown)];
}
