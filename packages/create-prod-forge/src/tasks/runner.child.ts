import { exitOnSignals } from '../terminal/interrupt.ts';
import { run } from './process.ts';

// Runs a process that starts another one; each prints its id, then neither ends by itself.
const GRANDCHILD = 'console.log(process.pid); setInterval(() => {}, 1000)';
const CHILD = `console.log(process.pid);
require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(GRANDCHILD)}], { stdio: 'inherit' });
setInterval(() => {}, 1000);`;

exitOnSignals();
await run([process.execPath, '-e', CHILD], {
  directory: process.cwd(),
  onLine: (line) => process.stdout.write(`${line}\n`),
});
