import { QueryFailedError } from 'typeorm';
import { isDatabaseUnavailable } from './database-errors';

const driverError = (code: string) =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error('x'), { code }));

describe('isDatabaseUnavailable', () => {
  it.each(['08006', '28000', '28P01', '53300', '57P01', '57014', '55P03', '40001'])(
    'is true for SQLSTATE %s',
    (code) => {
      expect(isDatabaseUnavailable(driverError(code))).toBe(true);
    },
  );

  it.each(['23505', '42P01', '22021'])('is false for SQLSTATE %s', (code) => {
    expect(isDatabaseUnavailable(driverError(code))).toBe(false);
  });

  it('knows the errors of the network and of the pool', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(isDatabaseUnavailable(refused)).toBe(true);
    expect(isDatabaseUnavailable(new AggregateError([refused]))).toBe(true);
    expect(isDatabaseUnavailable(new Error('timeout exceeded when trying to connect'))).toBe(true);
    expect(isDatabaseUnavailable(new Error('something else'))).toBe(false);
    expect(isDatabaseUnavailable('text')).toBe(false);
  });
});
