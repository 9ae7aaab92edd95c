import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A new empty folder, removed after the tests of the file. */
export function temporary(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'prod-forge-test-'));
  folders.push(folder);
  return folder;
}
