// @ts-check
// What the containers of observability/compose.yaml are told, and the repository must not know. Made once: what is there stays.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = '.data/observability';
/** Alloy writes what it gets there into the log: alerts are seen, and go nowhere. */
const NOWHERE = 'http://alloy:3500/loki/api/v1/raw';

export const GRAFANA_PASSWORD = join(FOLDER, 'grafana-password');

/** The receivers of alertmanager.yml. */
export const RECEIVERS = ['pager', 'tickets', 'dead-man'];

/** Nobody else on this machine gets into the folder; what is in it can be read, for containers have users of their own. */
export function makeSecrets() {
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  write(GRAFANA_PASSWORD, password());
  write(join(FOLDER, 'monitor-password'), password());
  for (const receiver of RECEIVERS) write(join(FOLDER, 'receivers', receiver), NOWHERE);
}

function password() {
  return randomBytes(18).toString('base64url');
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  if (existsSync(file)) return;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  // Whatever new files of this user get otherwise.
  chmodSync(file, 0o644);
  if (folder !== FOLDER) chmodSync(folder, 0o755);
}
