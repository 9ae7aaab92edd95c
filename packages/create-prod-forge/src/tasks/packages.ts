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
  return runIn(directory, packageManager.install, onLine, [generateCommand(packageManager)]);
}

/** Writes what only an installed project can know, through its own script `generate`. */
export async function generate(
  directory: string,
  packageManager: PackageManager,
  onLine?: ShowLine,
): Promise<TaskResult> {
  return runIn(directory, generateCommand(packageManager), onLine);
}

async function runIn(
  directory: string,
  command: string,
  onLine?: ShowLine,
  rest: readonly string[] = [],
): Promise<TaskResult> {
  const finished = await run(command.split(' '), { directory, onLine });
  return finished.ok ? { ok: true } : failure(directory, command, finished, rest);
}

function generateCommand({ runPrefix }: PackageManager): string {
  return `${runPrefix} generate`;
}
