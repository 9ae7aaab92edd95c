// @ts-check
// Asks Grafana what it has, and through it Prometheus and Loki: as its panels do.
import { Buffer } from 'node:buffer';
import { URLSearchParams } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { problemsOf } from '../live/judge.mjs';
import { LABELS } from './log-fields.mjs';

/** The uids of the provisioned sources that can say how they are. */
const SOURCES = ['prometheus', 'loki'];

export class Grafana {
  #url;
  #authorization;

  /**
   * @param {string} url
   * @param {string} password Of admin.
   */
  constructor(url, password) {
    this.#url = url;
    this.#authorization = authorization(password);
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} [query]
   * @returns {Promise<any>}
   */
  async get(path, query = {}) {
    const url = `${this.#url}${path}?${new URLSearchParams(query)}`;
    const response = await fetch(url, { headers: { authorization: this.#authorization } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }

  /** @param {string} query @returns {Promise<{ stream: Record<string, string>, values: [string, string][] }[]>} */
  async lines(query) {
    const { data } = await this.loki('query_range', { query, since: '1h', limit: '100' });
    return data.result;
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} [query]
   */
  async loki(path, query) {
    return this.get(`/api/datasources/proxy/uid/loki/loki/api/v1/${path}`, query);
  }

  /**
   * @param {string} query
   * @returns {Promise<{ metric: Record<string, string> }[]>} Without what is no number.
   */
  async series(query) {
    const { data } = await this.get('/api/datasources/proxy/uid/prometheus/api/v1/query', { query });
    return data.result.filter((/** @type {{ value: [number, string] }} */ { value }) => value[1] !== 'NaN');
  }

  /** @returns {Promise<string[]>} */
  async entranceProblems() {
    const asked = [{}, { authorization: authorization('admin') }].map(async (headers) => {
      const { status } = await fetch(`${this.#url}/api/search`, { headers });
      return status === 401
        ? []
        : [`${'authorization' in headers ? 'admin:admin' : 'nobody'} gets ${status}, not 401`];
    });
    return (await Promise.all(asked)).flat();
  }
}

/**
 * Every dashboard of the repository is there as it is written, and its sources answer.
 *
 * @param {Pick<Grafana, 'get'>} grafana
 * @param {{ uid: string, panels: unknown[] }[]} dashboards
 * @returns {Promise<string[]>}
 */
export async function dashboardProblems(grafana, dashboards) {
  const listed = await grafana.get('/api/search', { type: 'dash-db' });
  const uids = listed.map((/** @type {{ uid: string }} */ { uid }) => uid);
  const missing = dashboards.filter(({ uid }) => !uids.includes(uid));
  const opened = dashboards
    .filter((dashboard) => !missing.includes(dashboard))
    .map(async ({ uid, panels }) => {
      const { dashboard, meta } = await grafana.get(`/api/dashboards/uid/${uid}`);
      return [
        ...(dashboard.panels.length === panels.length ? [] : [`${uid} has lost panels`]),
        ...(meta.provisioned ? [] : [`${uid} does not come from the repository`]),
      ];
    });
  const sources = SOURCES.map(async (uid) => {
    const { status, message } = await grafana.get(`/api/datasources/uid/${uid}/health`);
    return status === 'OK' ? [] : [`${uid} does not answer: ${message}`];
  });
  return [
    ...missing.map(({ uid }) => `${uid} is not listed`),
    ...(await Promise.all([...opened, ...sources])).flat(),
  ];
}

/** @param {Pick<Grafana, 'get'>} grafana @returns {Promise<string[]>} */
export async function targetProblems(grafana) {
  const { data } = await grafana.get('/api/datasources/proxy/uid/prometheus/api/v1/targets');
  return data.activeTargets
    .filter((/** @type {any} */ { health }) => health !== 'up')
    .map((/** @type {any} */ { labels, lastError }) => `${labels.job}: ${lastError || 'not scraped yet'}`);
}

/**
 * What rules and panels ask for is there.
 *
 * @param {Pick<Grafana, 'series'>} grafana
 * @param {readonly import('../live/judge.mjs').Question[]} questions
 * @returns {Promise<string[]>}
 */
export async function answerProblems(grafana, questions) {
  const problems = questions.map(async (question) =>
    problemsOf(question, async (expression) => grafana.series(expression)),
  );
  return (await Promise.all(problems)).flat();
}

/**
 * @param {Pick<Grafana, 'get'>} grafana
 * @param {{ name: string }[]} rules
 * @returns {Promise<string[]>}
 */
export async function ruleProblems(grafana, rules) {
  const { data } = await grafana.get('/api/datasources/proxy/uid/loki/prometheus/api/v1/rules');
  const found = data.groups.flatMap((/** @type {any} */ group) => group.rules);
  return rules.flatMap(({ name }) => {
    const rule = found.find((/** @type {any} */ one) => one.name === name);
    if (!rule) return [`${name} is not there`];
    return rule.health === 'ok' ? [] : [`${name}: ${rule.lastError || rule.health}`];
  });
}

/**
 * The line of a request is there, found by its id, in a stream of few labels.
 *
 * @param {Pick<Grafana, 'lines' | 'loki'>} grafana
 * @param {string} service
 * @param {string} id
 * @returns {Promise<string[]>}
 */
export async function logProblems(grafana, service, id) {
  const streams = await grafana.lines(`{service="${service}"} | request_id="${id}"`);
  const labels = (await grafana.loki('labels')).data;
  return [
    ...(streams.length > 0 ? [] : [`there is no line of the request ${id}`]),
    ...(isDeepStrictEqual(labels.toSorted(), LABELS.toSorted())
      ? []
      : [`the labels are ${labels.join(', ')}, not ${LABELS.join(', ')}`]),
  ];
}

/** @param {string} password */
function authorization(password) {
  return `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
}
