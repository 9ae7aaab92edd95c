import type { Requirement } from 'create-prod-forge/feature';

const area = 'API';

export const api: readonly Requirement[] = [
  {
    id: 'E7',
    area,
    requirement: 'Errors are problem details that name nothing internal',
    check: 'e2e',
    test: 'test/errors.e2e-spec.ts: answers %s with %i as problem details',
  },
  {
    id: 'E8',
    area,
    requirement: 'What is not as the API describes it is refused, with each field that is wrong',
    check: 'e2e',
    test: 'test/todos.e2e-spec.ts: the new todo %j',
  },
  {
    id: 'E9',
    area,
    requirement: 'A change touches only the fields that it names',
    check: 'e2e',
    test: 'test/todos.e2e-spec.ts: changes only the given fields: a title alone never resets completed',
  },
  {
    id: 'E10',
    area,
    requirement:
      'A change that is meant for an older version is refused; of concurrent ones exactly one wins',
    check: 'e2e',
    test: 'test/preconditions.e2e-spec.ts: let exactly one of many writers win that start from the same version',
  },
  {
    id: 'E11',
    area,
    requirement:
      'The API is described by a document that is held to the service: every documented answer is given, and no other',
    check: 'e2e',
    test: 'test/contract.e2e-spec.ts: %s answers %i as documented',
  },
  {
    id: 'E11-lint',
    area,
    requirement: 'The description of the API follows strict rules',
    check: 'openapi-lint',
    test: 'scripts/openapi.spec.ts: names the rule that an operation breaks',
  },
  {
    id: 'E11-breaking',
    area,
    requirement: 'A change that breaks clients of the last release is refused',
    check: 'openapi-breaking',
    test: 'scripts/lib/breaking-changes.spec.ts: finds each change that breaks a client',
  },
  {
    id: 'E12',
    area,
    requirement: 'A creation can be repeated without creating twice',
    check: 'e2e',
    test: 'test/idempotency.e2e-spec.ts: creates one todo when it comes twenty times at once',
  },
  {
    id: 'E20',
    area,
    requirement:
      'Browsers get the headers that keep them safe, HSTS only behind TLS, and only pages of named origins may call',
    check: 'e2e',
    test: 'test/errors.e2e-spec.ts: sends the headers that keep browsers safe, and does not say what it is made of',
  },
  {
    id: 'E13',
    area,
    requirement: 'Paging skips and repeats nothing of what stays, whatever comes and goes meanwhile',
    check: 'e2e',
    test: 'test/todos.e2e-spec.ts: skips and repeats nothing of what stays, whatever comes and goes between pages',
  },
];
