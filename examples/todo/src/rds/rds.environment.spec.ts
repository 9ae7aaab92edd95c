import '../app';
import { checkEnvironment, type EnvironmentError } from '../config/environment';

const VALID = {
  DATABASE_HOST: 'db.example',
  DATABASE_AUTHENTICATION: 'iam',
  DATABASE_TLS: 'verify',
  DATABASE_TLS_CA: 'rds',
  AWS_REGION: 'eu-central-1',
};

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    checkEnvironment(environment);
    return [];
  } catch (error) {
    return (error as EnvironmentError).problems;
  }
}

const NO_PASSWORD =
  'DATABASE_AUTHENTICATION: iam goes with DATABASE_HOST, without DATABASE_URL, DATABASE_PASSWORD, DATABASE_PASSWORD_FILE';
const NO_REGION = 'AWS_REGION: is required with DATABASE_AUTHENTICATION=iam and DATABASE_TLS_CA=rds';
const NO_TLS = 'DATABASE_TLS: must be verify with DATABASE_AUTHENTICATION=iam: a token is a password';

describe('the environment of a database on RDS', () => {
  it('is needed nowhere else', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://localhost/todo' })).toEqual([]);
  });

  it.each([
    VALID,
    { ...VALID, DATABASE_TLS_CA: '', DATABASE_TLS_CA_FILE: 'package.json' },
    { ...VALID, DATABASE_AUTHENTICATION: 'password', DATABASE_PASSWORD: 'x' },
  ])('is accepted as %j', (environment) => {
    expect(problemsOf(environment)).toEqual([]);
  });

  it.each([
    [{ DATABASE_AUTHENTICATION: 'token' }, ['DATABASE_AUTHENTICATION: must be one of password, iam']],
    [{ DATABASE_TLS_CA: 'all' }, ['DATABASE_TLS_CA: must be one of rds']],
    [{ DATABASE_PASSWORD: 'x' }, [NO_PASSWORD]],
    [{ DATABASE_PASSWORD_FILE: 'package.json' }, [NO_PASSWORD]],
    [{ DATABASE_URL: 'postgres://localhost/todo' }, [NO_PASSWORD]],
    [{ DATABASE_TLS_CA_FILE: 'package.json' }, ['DATABASE_TLS_CA: goes without DATABASE_TLS_CA_FILE']],
    [{ DATABASE_TLS: 'disable', DATABASE_TLS_CA: '' }, [NO_TLS]],
    [{ DATABASE_TLS: '', DATABASE_TLS_CA: '' }, [NO_TLS]],
    [
      { DATABASE_TLS: 'disable', DATABASE_AUTHENTICATION: 'password' },
      ['DATABASE_TLS: must be verify to use DATABASE_TLS_CA'],
    ],
    [{ AWS_REGION: '' }, [NO_REGION]],
    [{ AWS_REGION: '', DATABASE_TLS_CA: '' }, [NO_REGION]],
    [
      { AWS_REGION: 'eu-nowhere-1' },
      [
        'DATABASE_TLS_CA: has no certificate for the region in AWS_REGION; give its bundle in DATABASE_TLS_CA_FILE',
      ],
    ],
  ])('is refused with %j', (variables, problems) => {
    expect(problemsOf({ ...VALID, ...variables })).toEqual(problems);
  });

  it('is refused with every problem at once, those of other parts among them', () => {
    const environment = {
      ...VALID,
      PORT: 'x',
      DATABASE_PASSWORD: 'planted',
      DATABASE_TLS: '',
      AWS_REGION: '',
    };
    const problems = problemsOf(environment);
    expect(new Set(problems)).toEqual(
      new Set([
        'PORT: must be a whole number from 0 to 65535',
        NO_PASSWORD,
        NO_TLS,
        'DATABASE_TLS: must be verify to use DATABASE_TLS_CA',
        NO_REGION,
      ]),
    );
    expect(problems.join()).not.toContain('planted');
  });
});
