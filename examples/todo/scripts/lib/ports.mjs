// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that is free on the loopback interface.
 *
 * @param {number} [preferred] Taken where it is free.
 * @returns {Promise<number>}
 */
export async function freePort(preferred = 0) {
  const server = createServer();
  try {
    server.listen(preferred, '127.0.0.1');
    await once(server, 'listening');
    return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  } catch (error) {
    if (preferred === 0) throw error;
    return freePort();
  } finally {
    server.close();
  }
}
