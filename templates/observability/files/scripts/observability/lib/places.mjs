// @ts-check
// Where something of a dashboard was written: nobody corrects what was built.
import { existsSync, readFileSync } from 'node:fs';

export const SOURCES = 'scripts/observability/dashboards';

/**
 * The source of a dashboard, with the line at which the title of a panel stands, where it does.
 *
 * @param {string} uid
 * @param {string} [panel] Its title.
 */
export function placeOf(uid, panel) {
  const source = `${SOURCES}/${uid}.ts`;
  if (!panel || !existsSync(source)) return source;
  const lines = readFileSync(source, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(`title: '${panel}'`));
  return line < 0 ? source : `${source}:${line + 1}`;
}
