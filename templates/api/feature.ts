import { defineFeature } from 'create-prod-forge/feature';
import { decisions } from './decisions';
import { requirements } from './requirements/index.ts';
import { troubleshooting } from './troubleshooting';

export default defineFeature({
  title: 'API',
  summary: 'the NestJS Todo service with its tests, image and documentation',
  questions: [
    { id: 'description', title: 'Description of the service', type: 'text', default: 'A Todo service' },
  ],
  accepts: {
    packageJson: { mergeInto: 'package.json' },
    compose: { mergeInto: 'compose.yaml' },
    nestModules: 'template',
    nestProviders: 'template',
    databaseAccess: 'template',
    readmeSections: 'template',
    adrs: 'template',
    troubleshooting: 'template',
    checks: 'template',
    requirements: 'template',
  },
  derived: { '.env.example': 'generate', 'openapi.json': 'generate' },
  contribute: ({ packageManager }) => ({
    adrs: decisions,
    requirements,
    troubleshooting: troubleshooting(packageManager),
  }),
});
