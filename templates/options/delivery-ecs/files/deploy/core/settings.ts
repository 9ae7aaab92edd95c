/** How an environment is released to: an entry of `environments.json`. */
export interface Settings {
  /** Whether the database is copied before it is migrated. */
  readonly snapshot: boolean;
  /** For how long a release has to serve well before it counts as verified. */
  readonly bakeSeconds: number;
  readonly rolloutMinutes: number;
  readonly migrationMinutes: number;
  readonly pollSeconds: number;
  /** Whether smoke tests create todos, and delete them again. */
  readonly smoke: 'writing' | 'read-only';
  /** The parameter, a SecureString, with the header `Authorization` of the user of smoke tests; absent where the service has no users. */
  readonly smokeAuthorization?: string;
}

const NUMBERS = ['bakeSeconds', 'rolloutMinutes', 'migrationMinutes', 'pollSeconds'] as const;

/** The settings of one environment; throws an Error that names what is wrong in the file. */
export function settingsOf(text: string, environment: string): Settings {
  const all = JSON.parse(text) as Readonly<Record<string, Partial<Settings>>>;
  const own = Object.hasOwn(all, environment) ? all[environment] : undefined;
  if (!own) throw new Error(`There is no environment ${environment}: ${Object.keys(all).join(' or ')}.`);
  const found = { smoke: 'writing', ...own };
  for (const name of NUMBERS)
    if (!(Number(found[name]) > 0)) throw new Error(`${environment}.${name} must be a number above 0.`);
  if (typeof found.snapshot !== 'boolean') throw new Error(`${environment}.snapshot must be true or false.`);
  if (found.smoke !== 'writing' && found.smoke !== 'read-only')
    throw new Error(`${environment}.smoke must be writing or read-only.`);
  return found as Settings;
}
