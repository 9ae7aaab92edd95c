import type { PackageManager } from '../engine/feature.ts';
import { run } from './process.ts';
import { failure, type TaskResult } from './result.ts';

type ShowLine = (line: string) => void;

/** Installs the project's dependencies and writes the lock file. */
export async function install(
  directory: string,
  packageManager: PackageManager,
  onLine?: ShowLine,
): Promise<TaskResult> {
  const result = await runIn(directory, packageManager, packageManager.install, onLine);
  return result.ok ? result : { ...result, resume: [...result.resume, generateCommand(packageManager)] };
}

/** Writes what only an installed project can know, through its own script `generate`. */
export async function generate(
  directory: string,
  packageManager: PackageManager,
  onLine?: ShowLine,
): Promise<TaskResult> {
  return runIn(directory, packageManager, generateCommand(packageManager), onLine);
}

/** Lets the project set up what needs its git repository, such as hooks: installing came before there was one. */
export async function prepare(directory: string, packageManager: PackageManager): Promise<TaskResult> {
  return runIn(directory, packageManager, `${packageManager.runPrefix} --if-present prepare`);
}

async function runIn(
  directory: string,
  { setup }: PackageManager,
  command: string,
  onLine?: ShowLine,
): Promise<TaskResult> {
  const finished = await run(command.split(' '), { directory, onLine });
  if (finished.ok) return { ok: true };
  return failure(directory, command, finished, { before: finished.missing && setup ? [setup] : [] });
}

function generateCommand({ runPrefix }: PackageManager): string {
  return `${runPrefix} generate`;
}
