import { defineEnvironment } from '../config/environment';
import { oneOf, optional, text, withDefault } from '../config/variables';
import { usesTls } from '../database/database.environment';
import { authoritiesOf } from './authorities';

/** What goes with a password, or has one in it. */
const PASSWORDS = ['DATABASE_URL', 'DATABASE_PASSWORD', 'DATABASE_PASSWORD_FILE'] as const;

/** How to log in to a database on RDS, and whom to believe there. */
export const rdsEnvironment = defineEnvironment(
  'Database on RDS',
  {
    DATABASE_AUTHENTICATION: withDefault(
      oneOf(['password', 'iam']),
      'password',
      'password; or iam: the service logs in with tokens that it signs for DATABASE_HOST and DATABASE_USER',
    ),
    DATABASE_TLS_CA: optional(
      oneOf(['rds']),
      'rds: the certificates of RDS in AWS_REGION, which come with the service',
      'rds',
    ),
    AWS_REGION: optional(text(), 'where the database is', 'eu-central-1'),
  },
  ({ DATABASE_AUTHENTICATION, DATABASE_TLS_CA, AWS_REGION }, source) => {
    const problems: string[] = [];
    const tokens = DATABASE_AUTHENTICATION === 'iam';
    const encrypted = usesTls({ DATABASE_TLS: source.DATABASE_TLS });
    if (tokens && PASSWORDS.some((name) => source[name]))
      problems.push(`DATABASE_AUTHENTICATION: iam goes with DATABASE_HOST, without ${PASSWORDS.join(', ')}`);
    if (tokens && !encrypted)
      problems.push('DATABASE_TLS: must be verify with DATABASE_AUTHENTICATION=iam: a token is a password');
    if (DATABASE_TLS_CA && !encrypted) problems.push('DATABASE_TLS: must be verify to use DATABASE_TLS_CA');
    if (DATABASE_TLS_CA && source.DATABASE_TLS_CA_FILE)
      problems.push('DATABASE_TLS_CA: goes without DATABASE_TLS_CA_FILE');
    if ((tokens || DATABASE_TLS_CA) && !AWS_REGION)
      problems.push('AWS_REGION: is required with DATABASE_AUTHENTICATION=iam and DATABASE_TLS_CA=rds');
    if (DATABASE_TLS_CA && AWS_REGION && authoritiesOf(AWS_REGION).length === 0)
      problems.push(
        'DATABASE_TLS_CA: has no certificate for the region in AWS_REGION; give its bundle in DATABASE_TLS_CA_FILE',
      );
    return problems;
  },
);
