// @ts-check
// The containers of the service with what watches it.
import { spawnSync } from 'node:child_process';

/** What a registry says, and not the way to it. */
const NO_SUCH = /manifest unknown|not found|access denied|does not exist/;
const FILES = ['--file', 'compose.yaml', '--file', 'observability/compose.yaml'];

/** What to type for what `compose` does. */
export const COMMAND = ['docker', 'compose', ...FILES].join(' ');

/**
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function compose(args, options = {}) {
  return spawnSync('docker', ['compose', ...FILES, ...args], { encoding: 'utf8', ...options });
}

/**
 * Why Docker can not be used, in words that say what to do.
 *
 * @returns {string | undefined}
 */
export function dockerProblem() {
  const engine = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { encoding: 'utf8' });
  if (engine.error) return 'There is no docker. Install Docker, with its plug-in compose.';
  if (engine.status !== 0) return `Docker does not answer: ${engine.stderr.trim()}. Start it.`;
  const plugin = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' });
  return plugin.status === 0 ? undefined : 'Docker has no plug-in compose. Install it.';
}

/**
 * Where a port of a service can be reached from this machine.
 *
 * @param {string} service
 * @param {number} port In the container.
 */
export function addressOf(service, port) {
  const { status, stdout } = compose(['port', service, String(port)]);
  if (status !== 0) throw new Error(`the port ${port} of ${service} is not published`);
  return `http://${String(stdout).trim()}`;
}

/**
 * The images that are not here and do not come: those that no registry could be asked for, and those that it does not have.
 *
 * @returns {{ unreachable: string[], wrong: string[] }}
 */
export function missingImages() {
  const { services } = JSON.parse(String(compose(['config', '--format', 'json']).stdout));
  /** @type {{ build?: unknown, image: string }[]} */
  const all = Object.values(services);
  const built = all.filter(({ build }) => build).map(({ image }) => image);
  /** @type {{ unreachable: string[], wrong: string[] }} */
  const missing = { unreachable: [], wrong: [] };
  for (const image of new Set(all.map((service) => service.image))) {
    if (built.includes(image)) continue;
    if (spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' }).status === 0) continue;
    const { status, stderr } = spawnSync('docker', ['pull', '--quiet', image], { encoding: 'utf8' });
    if (status === 0) continue;
    (NO_SUCH.test(stderr) ? missing.wrong : missing.unreachable).push(image);
  }
  return missing;
}
