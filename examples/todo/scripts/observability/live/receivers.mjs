// @ts-check
// Where Alertmanager sends alerts to: one address for each receiver.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * @typedef {object} Delivery
 * @property {string} receiver
 * @property {'firing' | 'resolved'} status
 * @property {Record<string, string>} labels
 * @property {Record<string, string>} annotations
 */

export class Receivers {
  /** @type {Delivery[]} */
  deliveries = [];
  server = createServer(async (request, response) => {
    const { alerts = [] } = /** @type {any} */ (await json(request));
    const receiver = (request.url ?? '/').slice(1);
    this.deliveries.push(...alerts.map((/** @type {Delivery} */ alert) => ({ ...alert, receiver })));
    response.end();
  });

  /** @param {number} port */
  async listen(port) {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }

  /**
   * @param {string} alertname
   * @param {Delivery['status']} status
   */
  find(alertname, status) {
    return this.deliveries.find(
      ({ labels, status: is }) => labels['alertname'] === alertname && is === status,
    );
  }
}
