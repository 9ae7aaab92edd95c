import { chooseBackend } from './redis-server.mjs';

const only =
  (...commands: string[]) =>
  (command: string) =>
    commands.includes(command);

describe('chooseBackend', () => {
  it('takes what TEST_REDIS says', () => {
    expect(chooseBackend({ TEST_REDIS: 'redis-server' }, only('docker')).backend).toBe('redis-server');
    expect(() => chooseBackend({ TEST_REDIS: 'valkey' }, only('docker'))).toThrow(
      'testcontainers or redis-server',
    );
  });

  it('takes what is there, and never the Redis of the machine', () => {
    expect(chooseBackend({}, only('docker', 'redis-server')).backend).toBe('testcontainers');
    expect(chooseBackend({}, only('redis-server')).backend).toBe('redis-server');
    expect(chooseBackend({ REDIS_URL: 'redis://precious' }, only()).backend).toBeUndefined();
  });

  it('needs Docker on GitHub Actions', () => {
    expect(chooseBackend({ GITHUB_ACTIONS: 'true' }, only('redis-server')).backend).toBe('testcontainers');
  });
});
