import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releasedMigrationProblems } from './released-migrations.mjs';

const FOLDER = join('src', 'database', 'migrations');
const FIRST = '1760000000000-first.ts';
const SECOND = '1760200000000-second.ts';

describe('migrations that were released', () => {
  let project: string;
  const git = (...args: string[]) => {
    const user = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'core.autocrlf=false'];
    execFileSync('git', [...user, ...args], { cwd: project, stdio: 'pipe' });
  };
  const write = (file: string, text: string) => {
    writeFileSync(join(project, FOLDER, file), text);
  };
  const commit = () => {
    git('add', '-A');
    git('commit', '-q', '-m', 'test', '--no-verify');
  };

  beforeEach(() => {
    project = join(mkdtempSync(join(tmpdir(), 'released-')), 'part-of-a-repository');
    mkdirSync(join(project, FOLDER), { recursive: true });
    git('init', '-q', '..');
    write(FIRST, 'one\n');
    write(SECOND, 'two\n');
    write('index.ts', 'list\n');
    commit();
  });

  afterEach(() => {
    rmSync(join(project, '..'), { recursive: true, force: true });
  });

  it('are none before the first release', () => {
    write(FIRST, 'another\n');
    expect(releasedMigrationProblems(project)).toEqual([]);
  });

  describe('with version 1', () => {
    beforeEach(() => {
      git('tag', 'v1.0.0');
    });

    it('may be followed by others', () => {
      write('1760300000000-third.ts', 'three\n');
      write('index.ts', 'longer list\n');
      expect(releasedMigrationProblems(project)).toEqual([]);
      commit();
      expect(releasedMigrationProblems(project)).toEqual([]);
    });

    it('stay as they were', () => {
      write(FIRST, 'another\n');
      const expected = `${FIRST}: is in v1.0.0 and must stay as it was`;
      expect(releasedMigrationProblems(project).join()).toContain(expected);
      commit();
      expect(releasedMigrationProblems(project).join()).toContain(expected);
    });

    it('may have other line endings', () => {
      write(FIRST, 'one\r\n');
      expect(releasedMigrationProblems(project)).toEqual([]);
      commit();
      expect(releasedMigrationProblems(project)).toEqual([]);
      write(FIRST, 'another\r\n');
      expect(releasedMigrationProblems(project).join()).toContain(`${FIRST}: is in v1.0.0`);
    });

    it('stay', () => {
      rmSync(join(project, FOLDER, FIRST));
      commit();
      expect(releasedMigrationProblems(project).join()).toContain(`${FIRST}: is in v1.0.0 and must stay.`);
    });

    it('are not overtaken', () => {
      write('1760100000000-late.ts', 'late\n');
      const expected = `1760100000000-late.ts: comes before src/database/migrations/${SECOND}`;
      expect(releasedMigrationProblems(project).join()).toContain(expected);
      commit();
      expect(releasedMigrationProblems(project).join()).toContain(expected);
    });
  });

  it('stay in front when a branch is merged whose migration is older', () => {
    git('checkout', '-q', '-b', 'feature');
    write('1760250000000-of-the-branch.ts', 'branch\n');
    commit();
    git('checkout', '-q', '-');
    write('1760300000000-of-another.ts', 'other\n');
    commit();
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('checkout', '-q', 'feature');
    expect(releasedMigrationProblems(project)).toEqual([]);
    git('merge', '-q', '--no-edit', 'refs/remotes/origin/main');
    expect(releasedMigrationProblems(project)).toEqual([
      expect.stringMatching(/1760250000000-of-the-branch\.ts: comes before .*1760300000000-of-another\.ts/),
    ]);
  });

  it('are those of the main branch, too', () => {
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    write(FIRST, 'another\n');
    commit();
    expect(releasedMigrationProblems(project).join()).toContain(`${FIRST}: is in`);
  });
});
