import { relative, resolve as resolvePath } from 'node:path';
import type { CreateResult } from '../api.ts';
import type { CreateInvocation } from '../arguments.ts';
import { packageManagerOf } from '../engine/contributions.ts';
import type { Plan } from '../engine/plan.ts';
import type { Registry } from '../engine/registry.ts';
import type { RenderedFile } from '../engine/render.ts';
import { formatBytes, formatColumns, widthOf } from '../terminal/format.ts';
import { createStyle } from '../terminal/style.ts';
import type { NamedResult } from './create.ts';
import { chosenRows, equivalentCommand } from './summary.ts';

/** The first release line on which the rendered project's tests run: jest loads NestJS 12 from there on. */
const TESTS_NEED_NODE: readonly [number, number] = [24, 9];

/** `123 files, 1.2 MB`. */
export function amount({ files, bytes }: Pick<CreateResult, 'files' | 'bytes'>): string {
  return `${files} files, ${formatBytes(bytes)}`;
}

/** Says on stderr what will be made, before anything is. */
export function summary(
  registry: Registry,
  plan: Plan,
  directory: string,
  invocation: CreateInvocation,
): void {
  const style = createStyle(process.stderr);
  const { resolution } = plan;
  const extra = [
    ...(invocation.install ? [] : ['--no-install']),
    ...(invocation.git ? [] : ['--no-git']),
    ...(invocation.force ? ['--force'] : []),
  ];
  const lines = [
    '',
    `${style.bold(resolution.service.packageName)} in ${directory}`,
    formatColumns(chosenRows(registry, resolution), { width: widthOf(process.stderr) }),
    ...resolution.notes.map((note) => `  ${style.yellow(note)}`),
    '',
    'The same again, without questions:',
    `  ${style.cyan(equivalentCommand(registry, resolution.answers, directory, extra))}`,
    '',
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** Lists on stdout what would be written. */
export function fileList(files: readonly RenderedFile[], directory: string): void {
  const rows = files.map(({ path, content }) => [formatBytes(content.length).padStart(9), path] as const);
  const total = amount({ files: files.length, bytes: sum(files) });
  process.stdout.write(
    `${formatColumns(rows, { width: 10_000, indent: 0 })}\n\n${total}; nothing was written to ${directory}.\n`,
  );
}

/** The plan of a dry run, as one JSON object on stdout. */
export function planAsJson(files: readonly RenderedFile[], { resolution }: Plan, directory: string): void {
  print({
    status: 'planned',
    directory,
    answers: resolution.answers,
    notes: resolution.notes,
    files: files.map(({ path, content }) => ({ path, bytes: content.length })),
  });
}

/** The result as one JSON object on stdout. */
export function resultAsJson(
  { directory, plan, files, bytes }: CreateResult,
  results: readonly NamedResult[],
): void {
  print({
    status: results.every(({ result: { ok } }) => ok) ? 'created' : 'incomplete',
    directory,
    answers: plan.resolution.answers,
    notes: plan.resolution.notes,
    files,
    bytes,
    tasks: Object.fromEntries(results.map(({ task, result: outcome }) => [task, outcome])),
  });
}

/** Says what to do next, or, where a task failed, what went wrong and how to go on from there. */
export function result(created: CreateResult, results: readonly NamedResult[]): void {
  const failed = results.find(({ result: { ok } }) => !ok)?.result;
  if (failed && !failed.ok) {
    const lines = [
      '',
      ...failed.output.map((line) => `  ${line}`),
      '',
      `The project is complete in ${created.directory}, but ${failed.note}. Go on with:`,
      ...failed.resume.map((command) => `  ${command}`),
      '',
    ];
    process.stderr.write(`${lines.join('\n')}\n`);
    return;
  }
  process.stdout.write(`${nextSteps(created, results).join('\n')}\n`);
}

/** Says on stderr how to go on after an interruption that left a complete project. */
export function interruption(commands: readonly string[]): void {
  if (commands.length === 0) return;
  const lines = [
    '',
    'Interrupted; the project is complete. Go on with:',
    ...commands.map((command) => `  ${command}`),
    '',
  ];
  process.stderr.write(lines.join('\n'));
}

/** What the tasks would have done, as commands from where the user is. */
export function remainingCommands(
  created: CreateResult,
  { install: wanted }: CreateInvocation,
): readonly string[] {
  return [...enter(created), ...(wanted ? installation(created) : [])];
}

function nextSteps(created: CreateResult, results: readonly NamedResult[]): readonly string[] {
  const { runPrefix } = packageManagerOf(created.plan.resolution);
  const installed = results.some(({ task }) => task === 'install');
  const commands = [...enter(created), ...(installed ? [] : installation(created)), `${runPrefix} dev`];
  return ['', 'Next:', ...commands.map((command) => `  ${command}`), ...nodeNote()];
}

function enter({ directory }: CreateResult): readonly string[] {
  const path = relative(process.cwd(), resolvePath(directory));
  return path ? [`cd ${/\s/.test(path) ? `"${path}"` : path}`] : [];
}

function installation({ plan }: CreateResult): readonly string[] {
  const { install, runPrefix } = packageManagerOf(plan.resolution);
  return [install, `${runPrefix} generate`];
}

function nodeNote(): readonly string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = TESTS_NEED_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return [];
  return [
    '',
    `This is Node ${process.versions.node}: the service runs on it, but its tests need Node ${TESTS_NEED_NODE.join('.')} or later.`,
  ];
}

function sum(files: readonly RenderedFile[]): number {
  return files.reduce((bytes, { content }) => bytes + content.length, 0);
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
