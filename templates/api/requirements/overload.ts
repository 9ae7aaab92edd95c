import type { Requirement } from 'create-prod-forge/feature';

export const overload: readonly Requirement[] = [];
