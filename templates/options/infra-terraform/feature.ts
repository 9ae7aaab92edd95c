import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'Terraform',
  summary: 'Staging and production on AWS, from an empty account, tested without one',
  group: { id: 'infra', title: 'Infrastructure' },
  option: 'terraform',
  presets: ['standard', 'full'],
});
