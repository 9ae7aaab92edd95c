import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const versions = { ...manifest.dependencies, ...manifest.devDependencies };

describe('the packages of the stacks', () => {
  it('depend on nothing of the archived CDKTF', () => {
    expect(Object.keys(versions)).toContain('cdktn');
    expect(Object.keys(versions).filter((name) => /^(@cdktf\/|cdktf$|cdktf-)/.test(name))).toEqual([]);
  });

  it('have exact versions', () => {
    for (const name of ['cdktn', 'constructs']) expect(versions[name]).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('share one copy of constructs', () => {
    const here = createRequire(`${process.cwd()}/package.json`);
    const there = createRequire(here.resolve('cdktn'));
    expect(there.resolve('constructs')).toBe(here.resolve('constructs'));
  });
});
