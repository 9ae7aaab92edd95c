// @ts-check
// Writes .env.example from the built code.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { describeEnvironment } = createRequire(import.meta.url)('../dist/env-example.js');
writeFileSync('.env.example', describeEnvironment());
console.log('Wrote .env.example.');
