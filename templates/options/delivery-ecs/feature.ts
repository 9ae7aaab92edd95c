import { defineFeature } from 'create-prod-forge/feature';
import { requirements } from './requirements.ts';
import { troubleshooting } from './troubleshooting.ts';

const firstRelease = `Push to \`main\`: once its checks have passed, \`cd.yml\` builds the image and releases it to staging. Without GitHub, do it
[by hand](deployment.md#by-hand). Either way \`deploy\` names what is missing before it changes anything, and a first release that fails is rolled back to the
placeholder.`;

const firstProductionRelease = `Smoke tests in production write todos, too, and as nobody. While \`allow_anonymous\` is false, the service answers them 401 and each release is
rolled back: put the header of a synthetic user into a parameter and name that as \`smokeAuthorization\` of production in \`deploy/environments.json\`, as
[Smoke tests](deployment.md#smoke-tests) says, or set \`smoke\` to \`read-only\` where no todo may be created.`;

export default defineFeature({
  title: 'Delivery to ECS',
  summary: 'one image from staging to production; verified, and rolled back by itself or by one command',
  group: { id: 'delivery', title: 'Delivery' },
  option: 'ecs',
  presets: ['standard', 'full'],
  requires: [{ feature: 'infra', because: 'it releases to what is made there' }],
  contribute: () => ({
    packageJson: {
      scripts: {
        deploy: 'node deploy/cli.ts deploy',
        rollback: 'node deploy/cli.ts rollback',
        releases: 'node deploy/cli.ts releases',
      },
    },
    adrs: [
      {
        slug: 'deploy-tool',
        title: 'A tool releases, not YAML',
        decision: 'Decisions are code with tests; pipelines and people call the same commands.',
      },
      {
        slug: 'one-image-promoted',
        title: 'One image, built once and promoted',
        decision: 'Staging and production run the same digest; what differs is configuration.',
      },
      {
        slug: 'rolling-back',
        title: 'Code goes back, the schema only forward',
        decision:
          'A rollback runs an older, verified revision on the newer schema, where that was shown to work.',
      },
    ],
    releaseGuides: [{ text: firstRelease, production: firstProductionRelease }],
    troubleshooting,
    requirements,
  }),
});
