import {
  spawn,
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
} from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

/** How a child process ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Bundles a script as the package is bundled, so that any supported Node runs it in a process of its own.
 *
 * @returns the path of the bundle, in `folder`
 */
export async function bundleChild(script: string, folder: string): Promise<string> {
  const outfile = join(folder, 'child.mjs');
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}

/** Starts a bundle with one argument, given as JSON. */
export function startChild(
  bundle: string,
  argument: unknown,
  options: SpawnOptionsWithoutStdio = {},
): { readonly child: ChildProcessWithoutNullStreams; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [bundle, JSON.stringify(argument)], options);
  return { child, ended: waitFor(child) };
}

/** Runs a bundle to its end. */
export async function runChild(
  bundle: string,
  argument: unknown,
  options?: SpawnOptionsWithoutStdio,
): Promise<Ended> {
  return startChild(bundle, argument, options).ended;
}

async function waitFor(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [stdout, stderr, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { status, signal, stdout, stderr };
}
