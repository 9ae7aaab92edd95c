// @ts-check
// Runs jest with the flag that lets it load the ES modules of NestJS. Arguments are jest's own.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { requireNode24 } from './lib/node-version.mjs';

requireNode24('jest');
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const child = spawn(process.execPath, [...flags, jest, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
