// @ts-check

/** Stops what the setup started. */
export default async function globalTeardown() {
  await /** @type {{ stopPostgres?: () => Promise<unknown> }} */ (globalThis).stopPostgres?.();
}
