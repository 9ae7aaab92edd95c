// Writes the dashboards of this folder into observability/grafana/dashboards, or checks that they were written.
//   node scripts/observability/dashboards/build.ts [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, OUTPUT, unexpectedFiles } from '#kit/build';

const isCheck = process.argv.includes('--check');
if (!isCheck) mkdirSync(OUTPUT, { recursive: true });
for (const { source, uid, text } of await buildAll()) {
  const file = join(OUTPUT, `${uid}.json`);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    if (!isCheck) console.log(`${file} is what ${source} describes.`);
  } else if (isCheck) {
    console.error(`${file} is not what ${source} describes. Run: node --run dashboards`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`Wrote ${file}.`);
  }
}
for (const file of unexpectedFiles()) {
  console.error(`${file} has no source in scripts/observability/dashboards. Write one, or delete it.`);
  process.exitCode = 1;
}
