import type { Requirement } from 'create-prod-forge/feature';

export const delivery: readonly Requirement[] = [];
