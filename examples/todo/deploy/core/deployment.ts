/** What Terraform says a release has to know: the parameter `/<service>/<environment>/deployment`. */
export interface Deployment {
  readonly cluster: string;
  readonly service: string;
  readonly container: string;
  readonly templateFamily: string;
  readonly migrationTemplateFamily: string;
  readonly migrationNetwork: {
    readonly subnets: readonly string[];
    readonly securityGroups: readonly string[];
    readonly assignPublicIp: 'ENABLED' | 'DISABLED';
  };
  readonly repositoryUrl: string;
  readonly url: string;
  readonly logGroups: { readonly migration: string };
  readonly rollbackAlarms: readonly string[];
  /** The database to copy before a migration. */
  readonly database: string;
}

/** Reads the parameter; throws an Error that names what is missing in it. */
export function parseDeployment(text: string): Deployment {
  const value = JSON.parse(text) as Partial<Deployment>;
  const missing = KEYS.filter((key) => value[key] === undefined);
  if (missing.length > 0)
    throw new Error(
      `The parameter of the deployment has no ${missing.join(', no ')}: apply Terraform again.`,
    );
  return value as Deployment;
}

const KEYS: readonly (keyof Deployment)[] = [
  'cluster',
  'service',
  'container',
  'templateFamily',
  'migrationTemplateFamily',
  'migrationNetwork',
  'repositoryUrl',
  'url',
  'logGroups',
  'rollbackAlarms',
  'database',
];

/** The family of what runs: Terraform's own family without its ending. */
export function familyOf(templateFamily: string): string {
  return templateFamily.replace(/-template$/, '');
}
