/**
 * Draws the dashboards of examples/todo from a service that runs: `npm run preview`. Writes the page to .cache/, and with
 * `--write` the pictures to docs/dashboards/. `CHROMIUM` names the browser (/usr/bin/chromium).
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { lookAt } from '../test/generated/preview/browser.mjs';
import { preview } from '../test/generated/preview/preview.mjs';
import { fetchNode24, isRecentEnough } from './lib/node24.mjs';
import { Failure, main } from './lib/steps.mjs';
import { root } from './lib/tools.mjs';

const { values } = parseArgs({ options: { write: { type: 'boolean' } } });

await main(async () => {
  const project = path.join(root, 'examples', 'todo');
  if (!existsSync(path.join(project, 'dist', 'main.js')))
    throw new Failure(
      'There is no build in examples/todo.\nRun "npm ci" and "npm run build" there first.',
      2,
    );
  const file = path.join(root, '.cache', 'dashboards.html');
  const pictures = path.join(root, 'docs', 'dashboards');
  const node = isRecentEnough() ? process.execPath : await fetchNode24();
  const env = { ...process.env, PATH: `${path.dirname(node)}:${process.env['PATH'] ?? ''}` };
  const dashboards = await preview({ project, env, file });
  mkdirSync(pictures, { recursive: true });
  const { errors } = await lookAt(file, {
    executable: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    ...(values.write && { screenshot: (section) => path.join(pictures, `${section}.png`) }),
  });
  if (errors.length > 0) throw new Failure(errors.join('\n'));
  console.log(`${dashboards.length} dashboards in ${path.relative(root, file)}`);
});
