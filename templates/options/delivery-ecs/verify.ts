import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([]);
