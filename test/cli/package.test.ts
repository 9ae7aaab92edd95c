import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/root.ts';

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const PACKAGE = join(root, 'packages', 'create-prod-forge');
const LARGEST_BYTES = 1_000_000;

describe('the published package', () => {
  it('is one small tarball of the bundle, without anything to install', () => {
    const output = execFileSync('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], {
      cwd: PACKAGE,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [packed] = JSON.parse(output) as readonly Packed[];
    const paths = packed?.files.map(({ path }) => path) ?? [];
    expect(packed?.size).toBeLessThanOrEqual(LARGEST_BYTES);
    expect(paths).toEqual(
      expect.arrayContaining([
        'bin/create-prod-forge.js',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/templates.js',
      ]),
    );
    expect(paths.filter((path) => !/^(bin|dist)\/|^(package\.json|README\.md|LICENSE)$/.test(path))).toEqual(
      [],
    );
  });

  it('has no dependencies at run time', () => {
    const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as object;
    const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'];
    expect(kinds.filter((kind) => kind in manifest)).toEqual([]);
  });
});
