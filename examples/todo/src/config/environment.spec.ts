import '../app';
import { checkEnvironment, EnvironmentError } from './environment';

const VALID = { DATABASE_URL: 'postgres://localhost/todo' };

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    checkEnvironment(environment);
    return [];
  } catch (error) {
    return (error as EnvironmentError).problems;
  }
}

describe('the environment', () => {
  it('needs nothing but a database', () => {
    expect(() => {
      checkEnvironment(VALID);
    }).not.toThrow();
  });

  it('is refused with every problem at once, without values', () => {
    const broken = {
      DATABASE_URL: 'mysql://planted',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXIES: '-1',
    };
    try {
      checkEnvironment(broken);
      throw new Error('accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(EnvironmentError);
      const { message } = error as EnvironmentError;
      for (const name of Object.keys(broken)) expect(message).toContain(`${name}: must be`);
      expect(message).not.toContain('planted');
    }
  });

  it('takes an empty variable for an absent one', () => {
    expect(() => {
      checkEnvironment({ ...VALID, PORT: '', LOG_LEVEL: '' });
    }).not.toThrow();
  });

  const TOO_SHORT: [Record<string, string>, string][] = [
    [
      { DATABASE_LOCK_TIMEOUT_MS: '5000' },
      'DATABASE_STATEMENT_TIMEOUT_MS: must be longer than DATABASE_LOCK_TIMEOUT_MS',
    ],
    [
      { REQUEST_TIMEOUT_MS: '7000' },
      'REQUEST_TIMEOUT_MS: must be longer than DATABASE_CONNECT_TIMEOUT_MS and DATABASE_STATEMENT_TIMEOUT_MS together',
    ],
    [
      { BALANCER_IDLE_TIMEOUT_MS: '10000' },
      'BALANCER_IDLE_TIMEOUT_MS: must be longer than REQUEST_TIMEOUT_MS',
    ],
    [
      { KEEP_ALIVE_TIMEOUT_MS: '60000' },
      'KEEP_ALIVE_TIMEOUT_MS: must be longer than BALANCER_IDLE_TIMEOUT_MS',
    ],
    [{ HEADERS_TIMEOUT_MS: '65000' }, 'HEADERS_TIMEOUT_MS: must be longer than KEEP_ALIVE_TIMEOUT_MS'],
    [{ DRAIN_MS: '15000' }, 'SHUTDOWN_MS: must be longer than DRAIN_MS and REQUEST_TIMEOUT_MS together'],
  ];

  it.each(TOO_SHORT)('refuses time limits that do not fit into one another: %j', (limits, problem) => {
    expect(problemsOf({ ...VALID, ...limits })).toEqual([problem]);
  });

  it('refuses all time limits at once that do not fit into one another', () => {
    const limits = {
      DATABASE_LOCK_TIMEOUT_MS: '6000',
      REQUEST_TIMEOUT_MS: '6000',
      BALANCER_IDLE_TIMEOUT_MS: '5000',
      KEEP_ALIVE_TIMEOUT_MS: '4000',
      HEADERS_TIMEOUT_MS: '3000',
      SHUTDOWN_MS: '2000',
    };
    expect(problemsOf({ ...VALID, ...limits })).toEqual(TOO_SHORT.map(([, problem]) => problem));
  });

  it('says of a time limit that is none only that', () => {
    expect(problemsOf({ ...VALID, REQUEST_TIMEOUT_MS: 'long' })).toEqual([
      'REQUEST_TIMEOUT_MS: must be a whole number from 1 to 600000',
    ]);
  });

  const EACH = 'must name each origin: with * every page could call';
  const LIKE = 'must be origins like https://app.example.com, separated by commas, without paths';

  it.each([
    ['*', EACH],
    ['https://*.example.com', EACH],
    ['https://app.example.com, *', EACH],
    ['app.example.com', LIKE],
    ['https://app.example.com/', LIKE],
    ['https://app.example.com/path', LIKE],
    ['https://user@app.example.com', LIKE],
    ['https://app.example.com:443', LIKE],
    ['ftp://app.example.com', LIKE],
    ['https://app.example.com, null', LIKE],
    ['https://a.example.com https://b.example.com', LIKE],
  ])('takes no %j for the origins of pages, and says so in one sentence', (CORS_ORIGINS, sentence) => {
    expect(problemsOf({ ...VALID, CORS_ORIGINS })).toEqual([`CORS_ORIGINS: ${sentence}`]);
  });

  it('takes the origins of pages', () => {
    expect(() => {
      checkEnvironment({ ...VALID, CORS_ORIGINS: 'https://app.example.com, http://localhost:5173' });
    }).not.toThrow();
  });

  it.each(['sslmode=disable', 'application_name=x&sslrootcert=ca.pem', 'ssl=no-verify'])(
    'lets no URL decide on TLS: %s',
    (parameters) => {
      for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL']) {
        expect(() => {
          checkEnvironment({ ...VALID, [name]: `postgres://localhost/todo?${parameters}` });
        }).toThrow(`${name}: must not say ssl`);
      }
    },
  );

  it('needs a URL of the database, or its host', () => {
    expect(() => {
      checkEnvironment({});
    }).toThrow('DATABASE_URL: is required');
    expect(() => {
      checkEnvironment({ DATABASE_HOST: 'db' });
    }).not.toThrow();
  });
});
