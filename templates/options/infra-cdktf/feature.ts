import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';

export default defineFeature({
  title: 'Terraform from TypeScript',
  summary: 'Staging and production on AWS, composed in TypeScript on cdktn, which continues CDKTF',
  group: { id: 'infra', title: 'Infrastructure' },
  option: 'cdktf',
  contribute: ({ packageManager }) => ({
    packageJson: { scripts: { 'infra:synth': 'node scripts/infra/stacks/synth.ts' } },
    adrs: [
      {
        slug: 'cdktn',
        title: 'Environments in TypeScript, on cdktn',
        decision:
          'Typed values and one stack for each environment; the modules stay in the language of Terraform.',
      },
    ],
    troubleshooting: [
      {
        error: '… is not what the stacks describe. …',
        cause: 'Somebody changed a stack without writing its JSON, or the JSON by hand.',
        remedy: `Run \`${packageManager.runPrefix} infra:synth\`, look at the difference, and commit both.`,
      },
      {
        error: 'TypeScript parameter property is not supported in strip-only mode',
        cause: 'Node runs the stacks by leaving types out, which some of the language is more than.',
        remedy: 'Write it without enums, namespaces and parameter properties.',
      },
    ],
    requirements,
  }),
});
