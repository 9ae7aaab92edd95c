import { readFileSync } from 'node:fs';
import { z } from 'zod';
import '../app';
import { checkEnvironment, declaredEnvironments, EnvironmentError } from './environment';

const VALID = { DATABASE_URL: 'postgres://localhost/todo' };

describe('the environment', () => {
  it('is documented in .env.example: the same names, the same defaults', () => {
    const documented = readFileSync('.env.example', 'utf8')
      .split('\n')
      .map((line) => /^# ([A-Z][A-Z0-9_]*)=(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name, value] as const);
    const declared = declaredEnvironments().flatMap(({ shape }) => Object.entries(shape));
    expect(documented.map(([name]) => name).sort()).toEqual(declared.map(([name]) => name).sort());
    const values = new Map(documented);
    for (const [name, variable] of declared) {
      if (variable instanceof z.ZodPrefault)
        expect([name, values.get(name)]).toEqual([name, variable.def.defaultValue]);
    }
  });

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

  it.each([
    [{ DRAIN_MS: '25000' }, 'SHUTDOWN_MS: must be longer than DRAIN_MS'],
    [{ SHUTDOWN_MS: '5000' }, 'SHUTDOWN_MS: must be longer than DRAIN_MS'],
    [
      { REQUEST_TIMEOUT_MS: '5000' },
      'DATABASE_STATEMENT_TIMEOUT_MS: must be shorter than REQUEST_TIMEOUT_MS',
    ],
    [
      { DATABASE_CONNECT_TIMEOUT_MS: '10000' },
      'DATABASE_CONNECT_TIMEOUT_MS: must be shorter than REQUEST_TIMEOUT_MS',
    ],
    [{ REQUEST_TIMEOUT_MS: '60000' }, 'REQUEST_TIMEOUT_MS: must be shorter than 60000'],
    [{ KEEP_ALIVE_TIMEOUT_MS: '60000' }, 'KEEP_ALIVE_TIMEOUT_MS: must be longer than 60000'],
  ])('refuses time limits that do not fit into one another: %j', (limits, problem) => {
    expect(() => {
      checkEnvironment({ ...VALID, ...limits });
    }).toThrow(problem);
  });

  it.each(['*', 'https://*.example.com', 'app.example.com', 'https://app.example.com/', 'https://a.b, null'])(
    'takes no %j for the origins of pages',
    (CORS_ORIGINS) => {
      expect(() => {
        checkEnvironment({ ...VALID, CORS_ORIGINS });
      }).toThrow('CORS_ORIGINS: must be origins like https://app.example.com');
    },
  );

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
