import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../scripts/lib/embedded-postgres.mjs';
import { runToEnd, ScriptProcess } from './support/child';
import { Client } from './support/client';
import { until } from './support/until';

describe("the database's own log", () => {
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    const settings = { log_statement: 'all' };
    server = await startEmbeddedPostgres(join('.data', 'e2e-log'), { disposable: true, settings });
  });

  afterAll(async () => {
    await server.stop();
  });

  it('names the request for which a query was sent', async () => {
    const environment = { DATABASE_URL: server.url('postgres') };
    expect(await runToEnd('dist/database/migrate.js', [], environment)).toMatchObject({ status: 0 });
    const service = new ScriptProcess('dist/main.js', [], environment);
    try {
      const { url, management_url } = await until('the service', () =>
        service.logs().find(({ msg }) => msg === 'listening'),
      );
      await until('readiness', async () => (await fetch(`${String(management_url)}/health/ready`)).ok);
      const client = new Client(String(url), { 'x-request-id': 'find-me-there' });
      expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
    } finally {
      service.signal('SIGTERM');
      await service.ended();
    }
    const lines = readFileSync(server.log, 'utf8').split('\n');
    expect(lines.filter((line) => line.includes('request_id=find-me-there'))).toEqual([
      expect.stringContaining('SELECT') as string,
    ]);
  });
});
