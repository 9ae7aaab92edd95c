import { defineFeature } from 'create-prod-forge/feature';
import { alerts } from './alerts.ts';
import { dashboards } from './dashboards.ts';
import { decisions } from './decisions.ts';
import { requirements } from './requirements.ts';
import { troubleshooting } from './troubleshooting.ts';

export default defineFeature({
  title: 'Observability',
  summary:
    'Prometheus, Alertmanager, Grafana and Loki with objectives, alerts, runbooks and dashboards that are tested',
  group: { id: 'observability', title: 'Observability' },
  option: 'grafana',
  presets: ['standard', 'full'],
  accepts: { alerts: 'template', dashboards: 'template' },
  contribute: ({ packageManager }) => ({
    packageJson: {
      scripts: {
        dashboards: 'node scripts/observability/dashboards/build.ts',
        observability: 'node scripts/observability/up.mjs',
        'observability:down': 'docker compose --file compose.yaml --file observability/compose.yaml down',
        slo: 'node scripts/observability/slo.mjs',
        'verify:compose': 'node scripts/observability/verify-compose.mjs',
        'verify:observability':
          'nest build && node scripts/observability/verify.mjs && node scripts/observability/live.mjs',
      },
      knip: {
        entry: [
          'scripts/observability/{dashboards,live/companions}/*.{mjs,ts}',
          'scripts/observability/lib/grafana-types.ts',
        ],
      },
    },
    adrs: decisions,
    alerts,
    dashboards,
    requirements,
    troubleshooting: troubleshooting(packageManager),
  }),
});
