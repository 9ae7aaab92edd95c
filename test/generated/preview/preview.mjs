/** The page of all dashboards of a project, drawn from a trial of it. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answersOf } from './answers.mjs';
import { pageOf } from './page.mjs';
import { startTrial } from './trial.mjs';

/** The trial has run for about this long when it says so. */
const SECONDS = 40;

/**
 * @param {object} options
 * @param {string} options.project With its packages and its build.
 * @param {NodeJS.ProcessEnv} options.env In which `node` is Node 24.
 * @param {string} options.file Where the page goes.
 * @returns {Promise<{ uid: string, title: string, panels: import('./answers.mjs').Panel[] }[]>} What it shows: dashboards of logs
 *   alone are none of it, for there is no Loki here.
 */
export async function preview({ project, env, file }) {
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(project, name), 'utf8'));
  const folder = 'observability/grafana/dashboards';
  const dashboardFiles = readdirSync(path.join(project, folder)).filter((name) => name.endsWith('.json'));
  const variables = { service: read('service.json').name, environment: 'local' };
  const trial = await startTrial({ project, env });
  try {
    const dashboards = await Promise.all(
      dashboardFiles.map(async (name) => {
        const dashboard = read(path.join(folder, name));
        const panels = await answersOf({
          project,
          prometheus: trial.prometheus,
          dashboard,
          variables,
          seconds: SECONDS,
        });
        return { uid: dashboard.uid, title: dashboard.title, panels };
      }),
    );
    const shown = dashboards.filter(({ panels }) =>
      panels.some(({ type, absent }) => type !== 'row' && !absent),
    );
    writeFileSync(file, pageOf(shown));
    return shown;
  } finally {
    await trial.stop();
  }
}
