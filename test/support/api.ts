import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Api from '../../packages/create-prod-forge/src/index.ts';
import { root } from './root.ts';

export const DIST = join(root, 'packages/create-prod-forge/dist');

/** The package's programmatic interface, as it was built into `dist`. */
export async function loadApi(dist = DIST): Promise<typeof Api> {
  return (await import(pathToFileURL(join(dist, 'index.js')).href)) as typeof Api;
}
