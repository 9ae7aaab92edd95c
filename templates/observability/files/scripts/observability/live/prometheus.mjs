// @ts-check
// The API of a Prometheus, and of the Alertmanager beside it.

/**
 * @typedef {object} Series
 * @property {Record<string, string>} metric Its labels.
 * @property {[number, string][]} values
 */

export class Prometheus {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /**
   * What an expression was worth since `start`, in steps of a second; throws what Prometheus says against the expression.
   *
   * @param {string} query
   * @param {number} start In seconds.
   * @returns {Promise<Series[]>} without points that are no numbers
   */
  async range(query, start) {
    const end = Date.now() / 1000;
    const { result } = await this.ask('query_range', { query, start, end, step: 1 });
    return /** @type {Series[]} */ (result)
      .map(({ metric, values }) => ({ metric, values: values.filter(([, value]) => value !== 'NaN') }))
      .filter(({ values }) => values.length > 0);
  }

  /** @returns {Promise<{ labels: Record<string, string>, state: string }[]>} */
  async alerts() {
    return (await this.ask('alerts', {})).alerts;
  }

  /** @returns {Promise<{ name: string, health: string, lastError?: string }[]>} */
  async rules() {
    const { groups } = await this.ask('rules', {});
    return groups.flatMap((/** @type {any} */ { rules }) => rules);
  }

  /** @returns {Promise<{ labels: Record<string, string>, health: string, lastError: string }[]>} */
  async targets() {
    return (await this.ask('targets', { state: 'active' })).activeTargets;
  }

  /**
   * @param {string} what
   * @param {Record<string, string | number>} parameters
   * @returns {Promise<any>}
   */
  async ask(what, parameters) {
    const url = new URL(`/api/v1/${what}`, this.url);
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, String(value));
    const answer = await fetch(url);
    const { status, data, error } = /** @type {any} */ (await answer.json());
    if (status !== 'success') throw new Error(error);
    return data;
  }
}
