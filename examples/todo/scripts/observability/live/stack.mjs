// @ts-check
// The service with its database, and Prometheus, Alertmanager and the exporters as compose.yaml runs them, as processes.
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { parse, stringify } from 'yaml';
import { withAppRole } from '../../lib/app-role.mjs';
import { startEmbeddedPostgres } from '../../lib/embedded-postgres.mjs';
import { freePort } from '../../lib/ports.mjs';
import { migrate, startService } from '../../lib/service-process.mjs';
import { findTool } from '../lib/tools.mjs';
import { alertmanagerConfiguration, fasterRules, prometheusConfiguration } from './configuration.mjs';
import { Processes } from './processes.mjs';
import { Prometheus } from './prometheus.mjs';
import { Receivers } from './receivers.mjs';

const SOURCE = 'observability';
/** What else the service needs to have all of its metrics. */
const COMPANIONS = new URL('companions/', import.meta.url);
const FOLDER = resolve('.data/observability/live');
const LOCAL = '127.0.0.1';

const read = (/** @type {string} */ file) => readFileSync(file, 'utf8');
const { name, database: facts } = JSON.parse(read('service.json'));
const compose = parse(read(`${SOURCE}/compose.yaml`));

/**
 * @typedef {object} Running
 * @property {import('../../lib/service-process.mjs').ServiceProcess} service
 * @property {string} logs The file of its log.
 * @property {string} ownerUrl The database, for whoever owns its tables.
 * @property {readonly Companion[]} companions
 * @property {Receivers} receivers
 * @property {Prometheus} prometheus
 * @property {() => Promise<void>} stopDatabase An outage: until it is started again.
 * @property {() => Promise<void>} startDatabase
 */

export class Stack {
  processes = new Processes(FOLDER);
  receivers = new Receivers();
  /** @type {Companion[]} */
  companions = [];

  /**
   * Starts all of it, in the order in which it depends on one another.
   *
   * @returns {Promise<Running>}
   */
  async start() {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(join(FOLDER, 'rules'), { recursive: true });
    mkdirSync(join(FOLDER, 'receivers'));
    this.databasePort = await freePort();
    await this.startDatabase({ disposable: true });
    const owner = await createDatabase(this.databaseUrl('postgres'));
    const role = `${facts.name}_app`;
    const databaseUrl = await withAppRole(owner, { role });
    migrate({ databaseUrl: owner, environment: { DATABASE_APP_USER: role } });
    this.companions = await startCompanions();
    const logs = join(FOLDER, 'service.log');
    const service = await startService({
      databaseUrl,
      environment: Object.assign(
        { ENVIRONMENT: 'local', RATE_LIMIT_REQUESTS: '100000' },
        ...this.companions.map(({ environment }) => environment),
      ),
      stdout: openSync(logs, 'w'),
    });
    this.service = service;
    const targets = {
      api: new URL(service.managementUrl).host,
      ...(await this.startExporters()),
      alertmanager: await this.startAlertmanager(),
    };
    return {
      service,
      logs,
      ownerUrl: owner,
      companions: this.companions,
      receivers: this.receivers,
      prometheus: await this.startPrometheus(targets),
      stopDatabase: async () => this.stopDatabase(),
      startDatabase: async () => this.startDatabase(),
    };
  }

  /** @param {string} database */
  databaseUrl(database) {
    return `postgres://postgres:postgres@${LOCAL}:${this.databasePort}/${database}`;
  }

  /** @param {{ disposable?: boolean }} [options] */
  async startDatabase(options) {
    this.database = await startEmbeddedPostgres(join('.data', 'observability', 'postgres'), {
      ...options,
      port: /** @type {number} */ (this.databasePort),
      settings: { shared_preload_libraries: 'pg_stat_statements', track_io_timing: 'on' },
    });
  }

  async stopDatabase() {
    await this.database?.stop();
    this.database = undefined;
  }

  async startExporters() {
    const postgres = `${LOCAL}:${await freePort()}`;
    await this.processes.start({
      name: 'postgres-exporter',
      file: findTool('postgres_exporter'),
      args: [...flagsOf('postgres-exporter'), `--web.listen-address=${postgres}`],
      env: { DATA_SOURCE_NAME: `${this.databaseUrl(facts.name)}?sslmode=disable` },
      probe: `http://${postgres}/metrics`,
    });
    const node = `${LOCAL}:${await freePort()}`;
    await this.processes.start({
      name: 'node-exporter',
      file: findTool('node_exporter'),
      args: [`--web.listen-address=${node}`],
      probe: `http://${node}/metrics`,
    });
    return { postgres, node };
  }

  async startAlertmanager() {
    const port = await freePort();
    await this.receivers.listen(port);
    const receivers = join(FOLDER, 'receivers');
    const configuration = parse(read(`${SOURCE}/alertmanager/alertmanager.yml`));
    for (const { name: receiver } of configuration.receivers)
      writeFileSync(join(receivers, receiver), `http://${LOCAL}:${port}/${receiver}`);
    const address = `${LOCAL}:${await freePort()}`;
    await this.processes.start({
      name: 'alertmanager',
      file: findTool('alertmanager'),
      args: [
        `--config.file=${write('alertmanager.yml', alertmanagerConfiguration(configuration, receivers))}`,
        `--storage.path=${join(FOLDER, 'alertmanager')}`,
        `--web.listen-address=${address}`,
        '--cluster.listen-address=',
      ],
      probe: `http://${address}/-/ready`,
    });
    return address;
  }

  /** @param {Record<string, string>} others */
  async startPrometheus(others) {
    const rules = join(SOURCE, 'prometheus', 'rules');
    for (const file of readdirSync(rules))
      write(`rules/${file}`, fasterRules(parse(read(join(rules, file)))));
    const address = `${LOCAL}:${await freePort()}`;
    const targets = { ...others, prometheus: address };
    const configuration = prometheusConfiguration(parse(read(`${SOURCE}/prometheus/prometheus.yml`)), {
      targets,
      alertmanager: String(others['alertmanager']),
      rules: join(FOLDER, 'rules', '*.yaml'),
    });
    await this.processes.start({
      name: 'prometheus',
      file: findTool('prometheus'),
      args: [
        `--config.file=${write('prometheus.yml', configuration)}`,
        `--storage.tsdb.path=${join(FOLDER, 'prometheus')}`,
        `--web.listen-address=${address}`,
        // What fires before Alertmanager is found is sent again soon.
        '--rules.alert.resend-delay=1s',
      ],
      probe: `http://${address}/-/ready`,
    });
    return new Prometheus(`http://${address}`);
  }

  async stop() {
    await this.processes.stop();
    await this.service?.stop();
    await this.database?.stop();
    for (const companion of this.companions) await companion.stop();
    this.receivers.close();
  }
}

/**
 * @typedef {object} Companion
 * @property {NodeJS.ProcessEnv} environment What the service has to know of it.
 * @property {() => Promise<void>} disturb Makes it fail for a moment, which the service survives.
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Companion[]>} */
async function startCompanions() {
  const files = existsSync(COMPANIONS) ? readdirSync(COMPANIONS) : [];
  return Promise.all(files.map(async (file) => (await import(new URL(file, COMPANIONS).href)).start()));
}

/** The name under which the service appears in labels. */
export const serviceName = name;

/** @param {string} service */
function flagsOf(service) {
  return /** @type {string[]} */ (compose.services[service].command ?? []);
}

/**
 * @param {string} file
 * @param {object} content
 */
function write(file, content) {
  const path = join(FOLDER, file);
  writeFileSync(path, stringify(content));
  return path;
}

/** @param {string} serverUrl */
async function createDatabase(serverUrl) {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${server.escapeIdentifier(facts.name)}`);
  await server.end();
  const url = new URL(serverUrl);
  url.pathname = `/${facts.name}`;
  const database = new pg.Client({ connectionString: url.href });
  await database.connect();
  await database.query('CREATE EXTENSION pg_stat_statements');
  // As if there were a replica: without one the exporter has no metrics of slots.
  await database.query("SELECT pg_create_physical_replication_slot('replica')");
  await database.end();
  return url.href;
}
