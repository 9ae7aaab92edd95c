import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'Infrastructure modules',
  summary: 'Terraform modules for AWS and the bootstrap of an account',
  commonTo: 'infra',
  contribute: () => ({
    packageJson: {
      scripts: {
        'infra:fmt': 'terraform fmt -recursive infra',
        'verify:infra': 'node scripts/infra/verify.mjs',
      },
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
