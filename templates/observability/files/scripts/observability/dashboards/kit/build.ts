import { existsSync, readdirSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Dashboard } from '#kit/dashboard';

/** Where Grafana finds dashboards. */
export const OUTPUT = join('observability', 'grafana', 'dashboards');

const SOURCES = join(import.meta.dirname, '..');

interface Built {
  readonly source: string;
  readonly uid: string;
  readonly text: string;
}

/** Every dashboard that has a source: a file beside `build.ts`, called like its uid, that exports it. */
export async function buildAll(): Promise<readonly Built[]> {
  const options = { ...(await resolveConfig(join(OUTPUT, 'dashboard.json'))), parser: 'json' };
  return Promise.all(
    uids().map(async (uid) => {
      const source = posix.join('scripts', 'observability', 'dashboards', `${uid}.ts`);
      const { default: dashboard } = (await import(join(SOURCES, `${uid}.ts`))) as {
        readonly default: Dashboard;
      };
      if (dashboard.uid !== uid) throw new Error(`${source} describes ${dashboard.uid ?? 'no uid'}.`);
      return { source, uid, text: await format(JSON.stringify(dashboard), options) };
    }),
  );
}

/** JSON that nothing here describes. */
export function unexpectedFiles(): readonly string[] {
  const described = new Set(uids().map((uid) => `${uid}.json`));
  const files = existsSync(OUTPUT) ? readdirSync(OUTPUT) : [];
  return files
    .filter((file) => file.endsWith('.json') && !described.has(file))
    .sort()
    .map((file) => join(OUTPUT, file));
}

function uids(): readonly string[] {
  return readdirSync(SOURCES)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && file !== 'build.ts')
    .map((file) => basename(file, '.ts'))
    .sort();
}
