import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(__dirname, '..', '..');
const milliseconds = z.int().positive();
const port = z.int().min(1).max(65535);

const Service = z.object({
  name: z.string(),
  ports: z.object({ http: port, management: port }),
  timeouts: z.object({
    lockMs: milliseconds,
    statementMs: milliseconds,
    connectMs: milliseconds,
    idleMs: milliseconds,
    requestMs: milliseconds,
    balancerIdleMs: milliseconds,
    keepAliveMs: milliseconds,
    headersMs: milliseconds,
    drainMs: z.int().nonnegative(),
    shutdownMs: milliseconds,
  }),
  database: z.object({ name: z.string(), postgres: z.int(), poolSize: z.int().positive() }),
});

/** The facts that code, infrastructure and tools share: `service.json`. Times are in milliseconds. */
export const service = Service.parse(readJson('service.json'));

/** The version in `package.json`. */
export const version = z.object({ version: z.string() }).parse(readJson('package.json')).version;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
