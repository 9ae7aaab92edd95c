// What the build of an image is told, as outputs of a job.
//   node deploy/facts.ts >> "$GITHUB_OUTPUT"
import { readFileSync } from 'node:fs';
import { factsOf, newestMigration } from '#deploy/core/build-facts';
import { fileAt, git, latestRelease } from '../scripts/lib/latest-release.mjs';

const MIGRATIONS = 'src/database/migrations/index.ts';

const release = latestRelease();
const released = 'tag' in release ? fileAt(release.tag, MIGRATIONS) : undefined;
const commit = git('.', 'rev-parse', 'HEAD');
if (commit === undefined) throw new Error('This is no Git repository.');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const { name } = JSON.parse(readFileSync('service.json', 'utf8')) as { name: string };

const outputs = factsOf({
  name,
  version,
  run: process.env.GITHUB_RUN_NUMBER ?? '0',
  commit,
  builtAt: new Date().toISOString(),
  source: `${process.env.GITHUB_SERVER_URL ?? ''}/${process.env.GITHUB_REPOSITORY ?? ''}`,
  schema: newestMigration(readFileSync(MIGRATIONS, 'utf8')),
  // The end-to-end tests of that release have run on the schema of this commit.
  oldestCode: newestMigration(released ?? ''),
});
process.stdout.write(outputs);
