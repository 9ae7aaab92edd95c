import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildTemplates } from '../../../packages/create-prod-forge/build/templates.mjs';
import type * as Api from '../../../packages/create-prod-forge/src/index.ts';
import { DIST, loadApi } from '../../support/api.ts';
import { PROGRAM } from '../../support/cli.ts';
import { root } from '../../support/root.ts';
import { temporary } from '../../support/temporary.ts';

/** The repository's feature folders. */
export const TEMPLATES = join(root, 'templates');

/** The package, built from other feature folders than the repository's. */
export interface Generator {
  readonly program: string;
  readonly dist: string;
  readonly api: typeof Api;
}

/** Builds the package from a folder of features, beside the program that the repository's build made. */
export async function buildGenerator(templates: string): Promise<Generator> {
  const folder = temporary();
  const dist = join(folder, 'dist');
  cpSync(join(PROGRAM, '..'), join(folder, 'bin'), { recursive: true });
  mkdirSync(dist);
  copyFileSync(join(PROGRAM, '../../package.json'), join(folder, 'package.json'));
  copyFileSync(join(DIST, 'index.js'), join(dist, 'index.js'));
  await buildTemplates({
    templates,
    outfile: join(dist, 'templates.js'),
    tsconfig: join(root, 'tsconfig.json'),
  });
  return { program: join(folder, 'bin', 'create-prod-forge.js'), dist, api: await loadApi(dist) };
}
