import type { Requirement } from 'create-prod-forge/feature';

export const observability: readonly Requirement[] = [];
