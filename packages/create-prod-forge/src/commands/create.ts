import { writePlan, type CreateResult } from '../api.ts';
import type { CreateInvocation } from '../arguments.ts';
import { packageManagerOf } from '../engine/contributions.ts';
import { makePlan, type Plan } from '../engine/plan.ts';
import type { Registry } from '../engine/registry.ts';
import { filesOf, renderTree, type RenderedFile } from '../engine/render.ts';
import { resolve } from '../engine/resolve.ts';
import { requireFree } from '../disk/target.ts';
import { gitInit } from '../tasks/git.ts';
import { generate, install, prepare } from '../tasks/packages.ts';
import type { TaskResult } from '../tasks/result.ts';
import { Interrupted, exitOnSignals } from '../terminal/interrupt.ts';
import { createProgress, SILENT, type Progress } from '../terminal/progress.ts';
import { confirm, isInteractive } from '../terminal/prompts.ts';
import { askPerson } from './ask.ts';
import { gatherRequest } from './gather.ts';
import * as report from './report.ts';

/** A task as the report names it. */
export interface NamedResult {
  readonly task: 'install' | 'generate' | 'git';
  readonly result: TaskResult;
}

/** Renders a project, installs it and commits it; each step as far as the invocation wants it. Returns the exit status. */
export async function runCreate(registry: Registry, invocation: CreateInvocation): Promise<number> {
  let resume: readonly string[] = [];
  exitOnSignals(() => report.interruption(resume));
  const interactive = !invocation.yes && !invocation.json && isInteractive();
  const ask = interactive
    ? (given: Parameters<typeof askPerson>[1], directory: string | undefined) =>
        askPerson(registry, given, directory, invocation)
    : undefined;
  const { target, answers } = await gatherRequest(registry, invocation, ask);
  const plan = makePlan(registry.version, resolve(registry, answers));
  requireFree(target.directory, invocation.force ? plan.files.map(({ path }) => path) : undefined);

  if (invocation.dryRun) {
    reportDryRun(await rendered(plan), plan, target.directory, invocation);
    return 0;
  }
  if (!invocation.json) report.summary(registry, plan, target.directory, invocation);
  if (interactive && !(await confirm('Create it?'))) throw new Interrupted();

  const progress = invocation.json ? SILENT : createProgress(process.stderr);
  const written = await write(plan, target.directory, invocation, progress);
  resume = report.remainingCommands(written, invocation);
  const results = await runTasks(plan, target.directory, invocation, progress);
  resume = [];
  if (invocation.json) report.resultAsJson(written, results);
  else report.result(written, results);
  return results.every(({ result }) => result.ok) ? 0 : 1;
}

async function rendered(plan: Plan): Promise<readonly RenderedFile[]> {
  return filesOf(await renderTree(plan));
}

function reportDryRun(
  files: readonly RenderedFile[],
  plan: Plan,
  directory: string,
  { json }: CreateInvocation,
): void {
  if (json) report.planAsJson(files, plan, directory);
  else report.fileList(files, directory);
}

async function write(
  plan: Plan,
  directory: string,
  { force }: CreateInvocation,
  progress: Progress,
): Promise<CreateResult> {
  const { written } = await progress.step(`Write ${directory}`, async () => {
    const result = await writePlan(plan, directory, { force });
    return { ok: true, note: report.amount(result), written: result };
  });
  return written;
}

/** Stops at the first task that fails: the later ones need it. A failure of git alone keeps nothing from working. */
async function runTasks(
  plan: Plan,
  directory: string,
  invocation: CreateInvocation,
  progress: Progress,
): Promise<readonly NamedResult[]> {
  const packageManager = packageManagerOf(plan.resolution);
  const results: NamedResult[] = [];
  const run = async (
    task: NamedResult['task'],
    label: string,
    work: (show: (line: string) => void) => Promise<TaskResult>,
  ): Promise<boolean> => {
    const result = await progress.step<TaskResult>(label, work);
    results.push({ task, result });
    return result.ok;
  };
  const installed =
    !invocation.install ||
    ((await run('install', `Install dependencies with ${packageManager.name}`, (show) =>
      install(directory, packageManager, show),
    )) &&
      (await run('generate', 'Write the derived files', (show) =>
        generate(directory, packageManager, show),
      )));
  if (installed && invocation.git) {
    await run('git', 'Commit to git', async () => {
      const committed = await gitInit(directory);
      if (!committed.ok || !invocation.install) return committed;
      const prepared = await prepare(directory, packageManager);
      return prepared.ok ? committed : prepared;
    });
  }
  return results;
}
