import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'pnpm',
  summary: 'strict dependencies, one shared store',
  group: { id: 'package-manager', title: 'Package manager', required: true },
  option: 'pnpm',
  packageManager: {
    name: 'pnpm',
    version: '11.28.11',
    lockfile: 'pnpm-lock.yaml',
    manifests: ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'],
    setup: 'npm install --global pnpm@11.28.11',
    install: 'pnpm install',
    ci: 'pnpm install --frozen-lockfile',
    ciProduction: 'pnpm install --frozen-lockfile --prod',
    runPrefix: 'pnpm run',
  },
  derived: { 'pnpm-lock.yaml': 'generate' },
  contribute: ({ packageManager }) => ({
    packageJson: { packageManager: `${packageManager.name}@${packageManager.version}` },
  }),
});
