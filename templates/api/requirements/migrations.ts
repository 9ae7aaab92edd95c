import type { Requirement } from 'create-prod-forge/feature';

export const migrations: readonly Requirement[] = [];
