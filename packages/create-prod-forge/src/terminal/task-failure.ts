import type { Style } from './style.ts';

interface FailedTask {
  readonly output: readonly string[];
  readonly resume: readonly string[];
}

/** What a failed task printed last and how to go on; the project itself is complete. */
export function formatTaskFailure({ output, resume }: FailedTask, style: Style): string {
  const lines = [
    ...output.map((line) => style.dim(`    ${line}`)),
    '  The project is written; to finish this step:',
    ...resume.map((command) => `    ${command}`),
  ];
  return `${lines.join('\n')}\n`;
}
