import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../scripts/lib/embedded-postgres.mjs';
import { runToEnd } from './support/child';
import { query } from './support/database';
import { until } from './support/until';

const FOLDER = join('.data', 'e2e-restore');
const MIGRATE = 'dist/database/migrate.js';
const RUNBOOK = readFileSync('docs/runbooks/restore-database.md', 'utf8');

/** What the runbook lays into the folder of a restored server. */
const recoverySettings = () => /<<'SETTINGS'\n([^]+?)^SETTINGS$/m.exec(RUNBOOK)?.[1] ?? '';

describe('a restore to a moment', () => {
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    const settings = { archive_mode: 'on', full_page_writes: 'on' };
    server = await startEmbeddedPostgres(FOLDER, { disposable: true, settings });
  });

  afterAll(async () => {
    await server.stop();
  });

  it('brings back, by the settings in the runbook, what was deleted after it', async () => {
    const url = server.url('postgres');
    expect(await runToEnd(MIGRATE, [], { DATABASE_URL: url })).toMatchObject({ status: 0 });
    const [{ data } = { data: '' }] = await query<{ data: string }>(
      url,
      `SELECT current_setting('data_directory') AS data`,
    );
    const [archive, base] = [`${data}-archive`, `${data}-base`];

    // Done by the server, whose user owns the files.
    await query(url, `COPY (SELECT) TO PROGRAM 'rm -rf ${archive} ${base} ${data}-lost; mkdir ${archive}'`);
    await query(url, `ALTER SYSTEM SET archive_command = 'cp %p ${archive}/%f'`);
    await query(url, 'SELECT pg_reload_conf()');
    const backup = new Client({ connectionString: url });
    await backup.connect();
    await backup.query(`SELECT pg_backup_start('drill', fast => true)`);
    // Without the WAL, which comes from the archive alone.
    const copy = `cp -R ${data} ${base} && cd ${base} && rm -f postmaster.* pg_wal/0* && touch backup_label recovery.signal`;
    await backup.query(`COPY (SELECT) TO PROGRAM '${copy}'`);
    const { rows } = await backup.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()');
    await backup.end();

    await query(url, `INSERT INTO todos (id, user_id, title) VALUES (gen_random_uuid(), 'a', 'kept')`);
    const [{ moment } = { moment: '' }] = await query<{ moment: string }>(
      url,
      `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS moment`,
    );
    await delay(100);
    await query(url, 'DELETE FROM todos');
    const [{ wal } = { wal: '' }] = await query<{ wal: string }>(
      url,
      'SELECT pg_walfile_name(pg_switch_wal()) AS wal',
    );
    await until('the archive to have it', async () => {
      const archived = await query(url, 'SELECT FROM pg_stat_archiver WHERE last_archived_wal >= $1', [wal]);
      return archived.length > 0;
    });

    await server.stop();
    renameSync(data, `${data}-lost`);
    renameSync(base, data);
    writeFileSync(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
    const settings = recoverySettings()
      .replace('<archive>', archive)
      .replace(/(?<=recovery_target_time = ')[^']+/, `${moment} UTC`);
    appendFileSync(join(data, 'postgresql.auto.conf'), settings);
    const logged = readFileSync(server.log, 'utf8').length;
    server = await startEmbeddedPostgres(FOLDER);

    const restored = server.url('postgres');
    await until('the end of the recovery', async () => {
      const [state] = await query<{ recovering: boolean }>(
        restored,
        'SELECT pg_is_in_recovery() AS recovering',
      );
      return state?.recovering === false;
    });
    expect(await query(restored, 'SELECT title FROM todos')).toEqual([{ title: 'kept' }]);
    expect(await runToEnd(MIGRATE, ['--check'], { DATABASE_URL: restored })).toMatchObject({ status: 0 });
    const log = readFileSync(server.log, 'utf8').slice(logged);
    const promised = [...(/^Its log ends in (.*)$/m.exec(RUNBOOK)?.[1] ?? '').matchAll(/`([^`…]+)[^`]*`/g)];
    expect(promised).toHaveLength(2);
    for (const [, line] of promised) expect(log).toContain(line);
  });
});
