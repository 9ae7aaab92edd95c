import { databaseEnvironment } from '../database/database.environment';
import { httpEnvironment } from '../common/http/http.environment';
import { service } from './service';
import { timeLimitsEnvironment } from './time-limits.environment';

const { timeouts, database } = service;

describe('service.json', () => {
  it('has time limits of which each fits into the next', () => {
    const nested = [
      timeouts.lockMs,
      timeouts.statementMs,
      timeouts.connectMs + timeouts.statementMs,
      timeouts.requestMs,
      timeouts.balancerIdleMs,
      timeouts.keepAliveMs,
      timeouts.headersMs,
    ];
    expect(nested).toEqual([...new Set(nested)].sort((a, b) => a - b));
    expect(timeouts.drainMs + timeouts.requestMs).toBeLessThan(timeouts.shutdownMs);
  });

  it('has what the service does where the environment says nothing', () => {
    expect(timeLimitsEnvironment.read({})).toEqual({
      REQUEST_TIMEOUT_MS: timeouts.requestMs,
      KEEP_ALIVE_TIMEOUT_MS: timeouts.keepAliveMs,
      DATABASE_CONNECT_TIMEOUT_MS: timeouts.connectMs,
      DATABASE_STATEMENT_TIMEOUT_MS: timeouts.statementMs,
      DRAIN_MS: timeouts.drainMs,
      SHUTDOWN_MS: timeouts.shutdownMs,
    });
    expect(databaseEnvironment.read({ DATABASE_HOST: 'db' })).toMatchObject({
      DATABASE_NAME: database.name,
      DATABASE_POOL_SIZE: database.poolSize,
      DATABASE_IDLE_TIMEOUT_MS: timeouts.idleMs,
      DATABASE_LOCK_TIMEOUT_MS: timeouts.lockMs,
    });
    expect(httpEnvironment.read({})).toMatchObject({
      PORT: service.ports.http,
      MANAGEMENT_PORT: service.ports.management,
      HEADERS_TIMEOUT_MS: timeouts.headersMs,
    });
  });
});
