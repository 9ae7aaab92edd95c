import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'Pipelines',
  summary: 'GitHub Actions: every check on each push and pull request, and dependency updates',
  accepts: { workflowSteps: 'template' },
});
