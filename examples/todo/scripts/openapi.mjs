// @ts-check
// Writes openapi.json from the built code; with --check it only compares, and exits 1 when they differ.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const FILE = 'openapi.json';
const { describeApi } = createRequire(import.meta.url)('../dist/openapi.js');
const document = `${JSON.stringify(await describeApi(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, document);
  console.log(`Wrote ${FILE}.`);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== document) {
  console.error(
    `${FILE} does not say what the code does. Write it again with the script "generate" and commit it.`,
  );
  process.exitCode = 1;
} else {
  console.log(`${FILE} says what the code does.`);
}
