import { createSnapshot, readSnapshot } from '#deploy/cloud/database';
import type { Context } from '#deploy/context';
import { StepFailure } from '#deploy/core/problem';
import type { Journal } from '#deploy/journal';
import { waitFor } from '#deploy/wait';

/** Copies the database, and waits for the copy: a migration that destroys something is not to begin before. */
export async function snapshot(context: Context, journal: Journal): Promise<void> {
  const { cloud, deployment, reporter, settings } = context;
  const name = `${deployment.database}-release-${journal.release.number}`;
  await cloud.do(createSnapshot(deployment.database, name));
  await waitFor(context, journal, {
    minutes: settings.migrationMinutes,
    tooLate: new StepFailure(
      `The snapshot ${name} is not available after ${settings.migrationMinutes} minutes.`,
      'See in RDS what holds it up, and deploy again.',
    ),
    look: async () => {
      const { status, percent } = await cloud.do(readSnapshot(name));
      reporter.progress(`${name}: ${status}, ${percent} %`);
      if (status === 'failed')
        throw new StepFailure(`The snapshot ${name} failed.`, 'See in RDS why, and deploy again.');
      return status === 'available' || undefined;
    },
  });
}
