import type { Requirement } from 'create-prod-forge/feature';

const area = 'Logs and metrics';

export const observability: readonly Requirement[] = [
  {
    id: 'D4',
    area,
    requirement: 'No path, id or text of a client makes a series',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: keeps the number of series bounded',
  },
  {
    id: 'D5',
    area,
    requirement: 'Probes and metrics are not reachable on the public port',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: shows probes and metrics on the management port only',
  },
  {
    id: 'D8',
    area,
    requirement: 'The trace of the caller is in every log line of the request and in its problem details',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: puts the trace of the caller into every log line of the request and into its problem details',
  },
  {
    id: 'D9',
    area,
    requirement: 'A malicious request id is replaced and never logged',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: replaces the request id %j',
  },
  {
    id: 'D10',
    area,
    requirement: 'Credentials do not reach the logs',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: never logs a secret',
  },
];
