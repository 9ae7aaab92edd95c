import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const DOCUMENT = readFileSync(join(ROOT, 'openapi.json'), 'utf8');

describe('the scripts for openapi.json', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'openapi-'));
    cpSync(join(ROOT, 'redocly.yaml'), join(directory, 'redocly.yaml'));
    write('openapi.json', DOCUMENT);
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const write = (file: string, text: string) => {
    writeFileSync(join(directory, file), text);
  };
  /** Changes the one operation that every project has. */
  const change = (edit: (paths: Record<string, { get: Record<string, unknown> }>) => void) => {
    const document = JSON.parse(DOCUMENT) as { paths: Record<string, { get: Record<string, unknown> }> };
    edit(document.paths);
    write('openapi.json', JSON.stringify(document));
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...args], { cwd: directory });
  const commit = () => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--no-verify', '--message=x');
  };
  function run(script: string) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', script)], {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    return { status, output: stdout + stderr };
  }

  describe('openapi-lint', () => {
    it('accepts the committed document', () => {
      expect(run('openapi-lint.mjs')).toEqual({ status: 0, output: 'openapi.json follows the rules.\n' });
    });

    it('names the rule that an operation breaks', () => {
      change((paths) => {
        delete paths['/version']?.get.summary;
      });
      expect(run('openapi-lint.mjs')).toMatchObject({
        status: 1,
        output: expect.stringContaining('operation-summary') as string,
      });
    });
  });

  describe('openapi-breaking', () => {
    it('has nothing to compare with before the first release', () => {
      expect(run('openapi-breaking.mjs')).toMatchObject({ status: 78 });
      commit();
      git('tag', 'v1.0.0-rc.1');
      expect(run('openapi-breaking.mjs')).toMatchObject({
        status: 78,
        output: expect.stringContaining('there is no release yet') as string,
      });
    });

    it('compares with the last release, and takes exceptions that have a reason', () => {
      commit();
      git('tag', 'v1.0.0');
      expect(run('openapi-breaking.mjs')).toMatchObject({ status: 0 });
      change((paths) => {
        delete paths['/version'];
      });
      const { status, output } = run('openapi-breaking.mjs');
      expect({ status, output }).toMatchObject({
        status: 1,
        output: expect.stringContaining('path-removed at #/paths/~1version') as string,
      });
      const [, removal] = /^- (.*)$/m.exec(output) ?? [];
      const exception = { change: removal, reason: 'it moved' };
      write('openapi-exceptions.json', JSON.stringify([exception]));
      expect(run('openapi-breaking.mjs')).toMatchObject({ status: 0 });
    });

    it('fails where a shallow clone hides the releases', () => {
      commit();
      git('tag', 'v1.0.0');
      git('commit', '--quiet', '--no-verify', '--allow-empty', '--message=x');
      const clone = join(directory, 'clone');
      mkdirSync(clone);
      git('clone', '--quiet', '--depth=1', '--no-tags', `file://${directory}`, clone);
      directory = clone;
      expect(run('openapi-breaking.mjs')).toMatchObject({
        status: 1,
        output: expect.stringContaining('shallow') as string,
      });
    });
  });
});
