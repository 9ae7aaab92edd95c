import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'Terraform',
  summary: 'Terraform modules for AWS and the bootstrap of an account, tested without one',
  group: { id: 'infra', title: 'Infrastructure' },
  option: 'terraform',
});
