import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'Infrastructure modules',
  summary: 'Terraform modules for AWS and the bootstrap of an account',
  commonTo: 'infra',
  contribute: () => ({
    packageJson: {
      scripts: {
        'infra:fmt': 'terraform fmt -recursive infra',
        'infra:policy': 'node scripts/infra/policy.mjs',
        'verify:infra': 'node scripts/infra/verify.mjs',
      },
      // The package is required in a way that hides its types, from knip too.
      knip: { ignoreBinaries: ['terraform'], ignoreDependencies: ['@cdktn/hcl2json'] },
    },
    workflowSteps: [
      {
        uses: 'hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e',
        version: 'v4.0.1',
        inputs: { terraform_version: '1.11.4', terraform_wrapper: 'false' },
      },
    ],
  }),
});
