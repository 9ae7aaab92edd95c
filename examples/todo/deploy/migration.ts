import { readTask, readTaskDefinition, register, runTask } from '#deploy/cloud/ecs';
import { readLog } from '#deploy/cloud/signals';
import type { Context } from '#deploy/context';
import { familyOf } from '#deploy/core/deployment';
import { failureOfTask } from '#deploy/core/migration';
import { StepFailure } from '#deploy/core/problem';
import type { Build } from '#deploy/core/release';
import { cloneOf } from '#deploy/core/task-definition';
import type { Journal } from '#deploy/journal';
import { waitFor } from '#deploy/wait';

/** Migrates the database with the image that is released, as a task of its own, and shows what that logs. */
export async function migrate(context: Context, journal: Journal, build: Build): Promise<void> {
  const { cloud, deployment, reporter, settings } = context;
  const template = await cloud.do(readTaskDefinition(deployment.migrationTemplateFamily));
  if (!template)
    throw new StepFailure(`There is no ${deployment.migrationTemplateFamily}.`, 'Apply Terraform first.');
  const definition = await cloud.do(
    register(
      cloneOf(template, {
        family: familyOf(deployment.migrationTemplateFamily),
        container: deployment.container,
        image: `${deployment.repositoryUrl}@${build.digest}`,
        version: build.version,
        command: 'of the template',
      }),
    ),
  );
  const task = await cloud.do(runTask(deployment, definition));
  reporter.line(`  ${task}`);
  const id = task.slice(task.lastIndexOf('/') + 1);
  const stream = `migration/${deployment.container}/${id}`;
  let page: string | undefined;

  const showLog = async (): Promise<void> => {
    const read = await cloud.do(readLog(deployment.logGroups.migration, stream, page));
    for (const line of read.lines) reporter.line(`  | ${line}`);
    page = read.token;
  };

  const ended = await waitFor(context, journal, {
    minutes: settings.migrationMinutes,
    tooLate: new StepFailure(
      `The migration still runs after ${settings.migrationMinutes} minutes.`,
      'It goes on by itself. Read its log, and deploy again when it is done.',
    ),
    look: async () => {
      await showLog();
      const state = await cloud.do(readTask(deployment.cluster, task));
      return state?.lastStatus === 'STOPPED' ? state : undefined;
    },
  });
  // What it wrote last reaches the log a moment later than its end reaches ECS.
  await showLog();
  const failure = failureOfTask(ended, deployment.container);
  if (failure !== undefined)
    throw new StepFailure(
      failure,
      'What was applied before it stays, and works with what runs. Correct the migration and release that.',
    );
}
