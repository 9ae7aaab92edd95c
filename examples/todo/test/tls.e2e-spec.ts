import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../scripts/lib/embedded-postgres.mjs';
import { type Certificate, createAuthority, createCertificate } from './support/certificates';
import { runToEnd, ScriptProcess, ServiceProcess } from './support/child';
import { Client as ApiClient } from './support/client';
import { until } from './support/until';

const MIGRATE = 'dist/database/migrate.js';
const NAME = 'localhost';

describe('a database that demands TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  let authority: Certificate;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    authority = await createAuthority();
    server = await startEmbeddedPostgres(join('.data', 'e2e-tls'), {
      disposable: true,
      tls: await createCertificate(authority, NAME),
    });
  });

  afterAll(async () => {
    await server.stop();
  });

  function fileOf({ cert }: Certificate, name: string): string {
    const file = join(folder, `${name}.pem`);
    writeFileSync(file, cert);
    return file;
  }

  const urlOf = ({ url }: EmbeddedPostgres) => url('postgres').replace('127.0.0.1', NAME);
  const verified = () => ({
    DATABASE_URL: urlOf(server),
    DATABASE_TLS: 'verify',
    DATABASE_TLS_CA_FILE: fileOf(authority, 'authority'),
  });

  it('is migrated and used over encrypted connections, those of the probes included', async () => {
    expect(await runToEnd(MIGRATE, [], verified())).toMatchObject({ status: 0 });
    const service = new ScriptProcess('dist/main.js', [], verified());
    try {
      const { url, management_url } = await until('the service', () =>
        service.logs().find(({ msg }) => msg === 'listening'),
      );
      await until('readiness', async () => (await fetch(`${String(management_url)}/health/ready`)).ok);
      expect(await new ApiClient(String(url)).get('/v1/todos')).toMatchObject({ status: 200 });
      const client = new Client({ connectionString: urlOf(server), ssl: { ca: authority.cert } });
      await client.connect();
      const { rows } = await client.query<{ name: string; ssl: boolean }>(
        `SELECT DISTINCT application_name AS name, ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY 1`,
      );
      await client.end();
      expect(rows.map(({ ssl }) => ssl)).toEqual([true, true]);
      expect(rows[1]?.name).toBe(`${rows[0]?.name}-probe`);
    } finally {
      service.signal('SIGTERM');
      await service.ended();
    }
  });

  const refusals: [string, () => Promise<Readonly<Record<string, string>>>, RegExp][] = [
    [
      'whose authority is another one',
      async () => ({ ...verified(), DATABASE_TLS_CA_FILE: fileOf(await createAuthority(), 'other') }),
      /unable to verify|self-signed certificate|certificate signature failure/,
    ],
    [
      'whose authority nobody knows',
      async () => Promise.resolve({ DATABASE_URL: urlOf(server), DATABASE_TLS: 'verify' }),
      /unable to verify|self-signed certificate/,
    ],
    [
      'without encryption',
      async () => Promise.resolve({ DATABASE_URL: urlOf(server), DATABASE_TLS: 'disable' }),
      /no pg_hba\.conf entry .* no encryption/,
    ],
  ];

  it.each(refusals)(
    'is not used %s: neither by the migrator nor by the service',
    async (_, environment, reason) => {
      await expectRefusal(await environment(), reason);
    },
  );

  it('is not used where its certificate is for another name', async () => {
    const other = await startEmbeddedPostgres(join('.data', 'e2e-tls-other'), {
      disposable: true,
      tls: await createCertificate(authority, 'db.example.com'),
    });
    try {
      await expectRefusal(
        { ...verified(), DATABASE_URL: urlOf(other) },
        /does not match certificate's altnames/,
      );
    } finally {
      await other.stop();
    }
  });

  async function expectRefusal(environment: Readonly<Record<string, string>>, reason: RegExp): Promise<void> {
    const { status, output } = await runToEnd(MIGRATE, [], environment);
    expect({ status, output }).toMatchObject({ status: 1, output: expect.stringMatching(reason) as string });
    const service = await ServiceProcess.start(environment, { connected: false });
    try {
      const line = await until('a reason', () =>
        service.logs().find(({ msg }) => msg === 'the database can not be reached, trying again'),
      );
      expect(JSON.stringify(line)).toMatch(reason);
      expect(await service.probe('ready')).toBe(503);
    } finally {
      await service.stop();
    }
  }
});
