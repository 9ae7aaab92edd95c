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
];
