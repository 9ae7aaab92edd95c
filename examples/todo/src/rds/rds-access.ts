import { type DatabaseAccess, environmentAccess } from '../database/environment-access';
import { authoritiesOf } from './authorities';
import { loginToken } from './login-token';
import { rdsEnvironment } from './rds.environment';

/** As the variables say: on RDS with tokens of IAM and the certificates of its region, elsewhere with a password. */
export const rdsAccess: DatabaseAccess = {
  password(values) {
    const { DATABASE_AUTHENTICATION, AWS_REGION: region } = rdsEnvironment.read();
    const { DATABASE_HOST: hostname, DATABASE_PORT: port, DATABASE_USER: username } = values;
    if (DATABASE_AUTHENTICATION !== 'iam' || !hostname || !region) return environmentAccess.password(values);
    return async () => loginToken({ hostname, port, username, region });
  },
  authorities(values) {
    const { DATABASE_TLS_CA, AWS_REGION } = rdsEnvironment.read();
    if (!DATABASE_TLS_CA || !AWS_REGION) return environmentAccess.authorities(values);
    return authoritiesOf(AWS_REGION);
  },
};
