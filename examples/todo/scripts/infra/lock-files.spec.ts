import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLATFORMS, lockFileProblem } from './lock-files.mjs';

const ROOT = 'infra/environments/staging';

describe('lockFileProblem', () => {
  const before = process.cwd();
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'lock-files-'));
    mkdirSync(join(project, ROOT), { recursive: true });
    process.chdir(project);
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(project, { recursive: true });
  });

  const lock = (checksums: number) => {
    const lines = Array.from({ length: checksums }, (_, index) => `    "h1:${index}",`);
    writeFileSync(join(project, ROOT, '.terraform.lock.hcl'), lines.join('\n'));
  };

  it('insists on lock files once the account is prepared', () => {
    expect(lockFileProblem(ROOT)).toBeUndefined();
    writeFileSync(join(project, 'infra', 'backend.hcl'), '');
    expect(lockFileProblem(ROOT)).toContain('The providers are not locked');
    expect(lockFileProblem('infra/modules/network')).toBeUndefined();
  });

  it('refuses a lock file of one platform', () => {
    lock(1);
    expect(lockFileProblem(ROOT)).toContain(`for 1 of ${PLATFORMS.length} platforms`);
    lock(PLATFORMS.length);
    expect(lockFileProblem(ROOT)).toBeUndefined();
  });
});
