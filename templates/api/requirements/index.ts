import type { Requirement } from 'create-prod-forge/feature';
import { api } from './api.ts';
import { database } from './database.ts';
import { delivery } from './delivery.ts';
import { lifeCycle } from './life-cycle.ts';
import { migrations } from './migrations.ts';
import { observability } from './observability.ts';
import { overload } from './overload.ts';

/** What running the service in production asks for, by area. */
export const requirements: readonly Requirement[] = [
  ...api,
  ...overload,
  ...lifeCycle,
  ...database,
  ...migrations,
  ...observability,
  ...delivery,
];
