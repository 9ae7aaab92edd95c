import type { Requirement } from 'create-prod-forge/feature';

export const database: readonly Requirement[] = [];
