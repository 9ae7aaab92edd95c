import type { Requirement } from 'create-prod-forge/feature';

const area = 'Observability';
const check = 'observability';

export const requirements: readonly Requirement[] = [
  {
    id: 'D1',
    area,
    requirement:
      'Rules are checked and tested: every alert in a case in which it fires, and one in which it stays silent',
    check,
  },
];
