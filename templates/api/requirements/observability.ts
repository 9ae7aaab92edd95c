import type { Requirement } from 'create-prod-forge/feature';

const area = 'Logs and metrics';

export const observability: readonly Requirement[] = [
  {
    id: 'D3',
    area,
    requirement: 'The metrics that are documented are those that a running instance has',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: has every metric that the documentation explains, and none that it does not',
  },
  {
    id: 'D4',
    area,
    requirement: 'Prometheus has nothing to say about the metrics',
    check: 'metrics',
  },
  {
    id: 'D4b',
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
    requirement: 'Credentials do not reach the logs, wherever they come from, and no value costs a line',
    check: 'e2e',
    test: 'test/secrets.e2e-spec.ts: never writes a secret, whatever happens',
  },
  {
    id: 'D11',
    area,
    requirement:
      'Every line on stdout is JSON as the schema of the log has it, in every process of the tests',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: writes no line that its schema does not describe',
  },
  {
    id: 'D17',
    area,
    requirement: 'A blocked event loop shows in the metrics',
    check: 'e2e',
    test: 'test/observability.e2e-spec.ts: shows that the event loop was blocked',
  },
  {
    id: 'F5',
    area,
    requirement: 'A request of any fate makes one count with its labels and one line with its operation',
    check: 'e2e',
    test: 'test/access-log.e2e-spec.ts: for %s (%s)',
  },
];
