// @ts-check
// An outage of the database, as whoever is on call sees it.
import { existsSync } from 'node:fs';
import { until } from './until.mjs';

const CAUSE = 'DatabaseUnreachable';
/** What follows from it, and is no news to whoever knows the cause. */
const CONSEQUENCE = 'ServiceNotReady';

/**
 * Ends the database, waits for the alert, and starts it again.
 *
 * @param {import('./stack.mjs').Running} stack
 * @returns {Promise<string[]>} What is wrong with what was delivered.
 */
export async function outageProblems({ service, prometheus, receivers, stopDatabase, startDatabase }) {
  const isFiring = async (/** @type {string} */ alert) =>
    (await prometheus.alerts()).some(
      ({ labels, state }) => labels['alertname'] === alert && state === 'firing',
    );
  const start = Date.now() / 1000;
  await stopDatabase();
  await until(`${CAUSE} to fire`, async () => {
    await fetch(`${service.url}/v1/todos`);
    return isFiring(CAUSE);
  });
  const { receiver, annotations } = await until(`${CAUSE} to be delivered`, () =>
    receivers.find(CAUSE, 'firing'),
  );
  await until(`${CONSEQUENCE} to fire`, async () => isFiring(CONSEQUENCE));
  await startDatabase();
  await until(`${CAUSE} to be resolved`, () => receivers.find(CAUSE, 'resolved'));
  const heartbeat = await until('the dead-man switch to hear something', () =>
    receivers.find('Watchdog', 'firing'),
  );
  const [, runbook = ''] = /\/blob\/main\/(.+)$/.exec(annotations['runbook_url'] ?? '') ?? [];
  const pending = await prometheus.range(`ALERTS{alertname="${CAUSE}",alertstate="pending"}`, start);
  const wrong = {
    [`${CAUSE} was not pending before it fired`]: pending.length === 0,
    [`${CAUSE} went to ${receiver}, not to the pager`]: receiver !== 'pager',
    [`${CAUSE} came without a runbook: ${annotations['runbook_url']}`]: !existsSync(runbook),
    [`${CONSEQUENCE} was delivered, which says nothing new`]: receivers.find(CONSEQUENCE, 'firing'),
    [`the heartbeat goes to ${heartbeat.receiver}`]: heartbeat.receiver !== 'dead-man',
  };
  return Object.keys(wrong).filter((problem) => wrong[problem]);
}
