import type { Requirement } from 'create-prod-forge/feature';

const area = 'API';

export const api: readonly Requirement[] = [
  {
    id: 'E9',
    area,
    requirement: 'A change touches only the fields that it names',
    check: 'e2e',
    test: 'test/todos.e2e-spec.ts: changes only the given fields: a title alone never resets completed',
  },
];
