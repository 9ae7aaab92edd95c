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

  it('leaves time between the drain and the deadline', () => {
    for (const times of [{ DRAIN_MS: '25000' }, { SHUTDOWN_MS: '5000' }]) {
      expect(() => {
        checkEnvironment({ ...VALID, ...times });
      }).toThrow('SHUTDOWN_MS: must be longer than DRAIN_MS');
    }
    expect(() => {
      checkEnvironment({ ...VALID, DRAIN_MS: '100', SHUTDOWN_MS: '101' });
    }).not.toThrow();
  });

  it('needs a URL of the database, or its host', () => {
    expect(() => {
      checkEnvironment({});
    }).toThrow('DATABASE_URL: is required');
    expect(() => {
      checkEnvironment({ DATABASE_HOST: 'db' });
    }).not.toThrow();
  });
});
