import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'npm',
  summary: 'comes with Node',
  group: { id: 'package-manager', title: 'Package manager', required: true },
  option: 'npm',
  presets: ['minimal', 'standard', 'full'],
  packageManager: {
    name: 'npm',
    version: '11.19.1',
    lockfile: 'package-lock.json',
    manifests: ['package.json', 'package-lock.json'],
    setup: '',
    install: 'npm install',
    ci: 'npm ci',
    ciProduction: 'npm ci --omit=dev',
    runPrefix: 'npm run',
  },
  derived: { 'package-lock.json': 'generate' },
});
