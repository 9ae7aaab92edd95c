// @ts-check
// What the containers of observability/compose.yaml are told, and the repository must not know. Made once: what is there stays.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where compose.yaml looks, unless OBSERVABILITY_SECRETS names another folder. */
const FOLDER = '.data/observability';
/** Alloy writes what it gets there into the log: alerts are seen, and go nowhere. */
const NOWHERE = 'http://alloy:3500/loki/api/v1/raw';

/** The receivers of alertmanager.yml. */
export const RECEIVERS = ['pager', 'tickets', 'dead-man'];

/** Nobody else on this machine gets into the folder; what is in it can be read, for containers have users of their own. */
export function makeSecrets() {
  const folder = process.env['OBSERVABILITY_SECRETS'] || FOLDER;
  const grafanaPassword = join(folder, 'grafana-password');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, 'receivers'), { recursive: true });
  // Whatever new folders of this user get otherwise.
  chmodSync(join(folder, 'receivers'), 0o755);
  write(grafanaPassword, password());
  write(join(folder, 'monitor-password'), password());
  for (const receiver of RECEIVERS) write(join(folder, 'receivers', receiver), NOWHERE);
  return { grafanaPassword };
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
  writeFileSync(file, text);
  chmodSync(file, 0o644);
}
