import { writeProject, type WriteOptions } from './disk/write-project.ts';
import type { Answers } from './engine/answers.ts';
import { makePlan, type Plan } from './engine/plan.ts';
import { filesOf, renderTree, type RenderedFile } from './engine/render.ts';
import { resolve } from './engine/resolve.ts';
import { loadRegistry } from './registry.ts';

/** What `create` wrote. */
export interface CreateResult {
  readonly directory: string;
  readonly plan: Plan;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Decides what a project consists of: its features, their files and contributions. No effects.
 *
 * @param answers by flag name, e.g. `{ name: 'my-api', cache: 'redis' }`; what is left out takes the preset's choice or the default
 * @throws InputError listing every problem, where answers are unknown, invalid or don't go together
 */
export async function plan(answers: Answers): Promise<Plan> {
  const registry = await loadRegistry();
  return makePlan(registry.version, resolve(registry, answers));
}

/**
 * Renders a project in memory. No effects.
 *
 * @returns the files, sorted by path
 * @throws InputError as {@link plan}
 */
export async function render(answers: Answers): Promise<readonly RenderedFile[]> {
  return filesOf(await renderTree(await plan(answers)));
}

/**
 * Renders a project into a directory, which afterwards is complete or as it was. Starts no process and uses no network.
 *
 * @param directory absolute or relative to the working directory; absent, empty, or holding nothing but `.git`
 * @param options `force` allows a directory with other entries, as long as none has the name of one of the project's
 * @throws InputError where the answers are wrong, the directory is in use, or it can't be written
 */
export async function create(
  answers: Answers,
  directory: string,
  options?: WriteOptions,
): Promise<CreateResult> {
  return writePlan(await plan(answers), directory, options);
}

/** The second half of {@link create}, for callers that already hold the plan. */
export async function writePlan(
  project: Plan,
  directory: string,
  options?: WriteOptions,
): Promise<CreateResult> {
  const files = filesOf(await renderTree(project));
  const written = await writeProject(files, directory, options);
  return { directory, plan: project, ...written };
}
