/** The role that the service logs in with; its password is its name. */
export function appRole(): string {
  return fromSetup('TEST_APP_ROLE');
}

/** The URL of a database for the service, which may do less than the owner. A URL for somebody else stays as it is. */
export function asApp(url: string): string {
  const owner = new URL(serverUrl());
  const copy = new URL(url);
  if (copy.username !== owner.username || copy.password !== owner.password) return url;
  copy.username = copy.password = appRole();
  return copy.href;
}

/** The URL of the server, for whoever may do everything. */
export function serverUrl(): string {
  return fromSetup('TEST_SERVER_URL');
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error('the global setup has not started a database');
  return value;
}
