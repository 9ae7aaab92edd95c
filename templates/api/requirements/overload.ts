import type { Requirement } from 'create-prod-forge/feature';

const area = 'Limits and overload';

export const overload: readonly Requirement[] = [
  {
    id: 'E14',
    area,
    requirement: 'Each client behind the trusted proxies is limited by itself, and told when to come back',
    check: 'e2e',
    test: 'test/limits.e2e-spec.ts: limits each client by itself',
  },
  {
    id: 'E15',
    area,
    requirement:
      'Where more comes than the pool or the event loop can serve, new requests are refused at once, until it is over',
    check: 'e2e',
    test: 'test/overload.e2e-spec.ts: refuses at once what would wait too long for a connection, and recovers',
  },
];
