import { databaseEnvironment } from '../database/database.environment';
import { httpEnvironment } from '../common/http/http.environment';
import { service } from './service';
import { timeLimitsEnvironment } from './time-limits.environment';

const { timeouts, database } = service;

describe('service.json', () => {
  it('has time limits of which each fits into the next', () => {
    expect(timeouts.lockMs).toBeLessThan(timeouts.statementMs);
    expect(timeouts.connectMs + timeouts.statementMs).toBeLessThan(timeouts.requestMs);
    expect(timeouts.requestMs).toBeLessThan(timeouts.balancerIdleMs);
    expect(timeouts.balancerIdleMs).toBeLessThan(timeouts.keepAliveMs);
    expect(timeouts.keepAliveMs).toBeLessThan(timeouts.headersMs);
    expect(timeouts.drainMs + timeouts.requestMs).toBeLessThan(timeouts.shutdownMs);
  });

  it('has what the service does where the environment says nothing', () => {
    expect(timeLimitsEnvironment.read({})).toEqual({
      BALANCER_IDLE_TIMEOUT_MS: timeouts.balancerIdleMs,
      KEEP_ALIVE_TIMEOUT_MS: timeouts.keepAliveMs,
      HEADERS_TIMEOUT_MS: timeouts.headersMs,
      REQUEST_TIMEOUT_MS: timeouts.requestMs,
      DATABASE_CONNECT_TIMEOUT_MS: timeouts.connectMs,
      DATABASE_STATEMENT_TIMEOUT_MS: timeouts.statementMs,
      DATABASE_LOCK_TIMEOUT_MS: timeouts.lockMs,
      DRAIN_MS: timeouts.drainMs,
      SHUTDOWN_MS: timeouts.shutdownMs,
    });
    expect(databaseEnvironment.read({ DATABASE_HOST: 'db' })).toMatchObject({
      DATABASE_NAME: database.name,
      DATABASE_POOL_SIZE: database.poolSize,
      DATABASE_IDLE_TIMEOUT_MS: timeouts.idleMs,
    });
    expect(httpEnvironment.read({})).toMatchObject({
      PORT: service.ports.http,
      MANAGEMENT_PORT: service.ports.management,
    });
  });
});
