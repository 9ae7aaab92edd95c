import type { Requirement } from 'create-prod-forge/feature';

export const lifeCycle: readonly Requirement[] = [];
