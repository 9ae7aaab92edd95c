import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchNode24, isRecentEnough } from '../../../scripts/lib/node24.mjs';
import { isInstalled, npm } from '../../../scripts/lib/tools.mjs';
import { cleanEnvironment, RENDER_ONLY, run } from '../../support/cli.ts';
import { root } from '../../support/root.ts';

/** The rendered default project that is committed. */
export const EXAMPLE = join(root, 'examples', 'todo');

export interface Finished {
  readonly status: number | null;
  /** Standard output and error, in the order in which they came. */
  readonly output: string;
}

/** Runs a command to its end. */
export async function execute(command: readonly string[], options: SpawnOptions): Promise<Finished> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output };
}

/** An environment in which `node` is the Node 24 that rendered projects are made for. */
export async function node24Environment(): Promise<NodeJS.ProcessEnv> {
  const node = isRecentEnough() ? process.execPath : await fetchNode24();
  return {
    ...cleanEnvironment(),
    PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}`,
    NODE: node,
    npm_node_execpath: node,
  };
}

/** Runs npm in a rendered project, on Node 24. */
export async function runNpm(
  args: readonly string[],
  directory: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  const environment = { ...(await node24Environment()), ...env };
  const { command, args: words } = npm([...args], environment['NODE']);
  return execute([command, ...words], { cwd: directory, env: environment });
}

/** Installs the example's dependencies as its lock file says, unless they are. */
export async function installExample(): Promise<void> {
  if (!existsSync(join(EXAMPLE, 'package-lock.json')))
    throw new Error('examples/todo is not there: run npm run example');
  if (isInstalled(EXAMPLE, 'package-lock.json')) return;
  const { status, output } = await runNpm(['ci', '--no-audit', '--no-fund'], EXAMPLE);
  if (status !== 0) throw new Error(`npm ci failed in examples/todo:\n${output}`);
}

/** Renders the example's project into a folder, with its dependencies and derived files, which name it. Returns where it is. */
export async function renderInstalled(parent: string): Promise<string> {
  await installExample();
  const { status, stderr } = await run(['todo', ...RENDER_ONLY], { cwd: parent });
  if (status !== 0) throw new Error(stderr);
  const project = join(parent, 'todo');
  for (const derived of ['package-lock.json', 'openapi.json', '.env.example'])
    copyFileSync(join(EXAMPLE, derived), join(project, derived));
  symlinkSync(join(EXAMPLE, 'node_modules'), join(project, 'node_modules'));
  return project;
}
