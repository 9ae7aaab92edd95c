// What the build of an image is told: as outputs of a job, or as flags of docker build.
//   node deploy/facts.ts >> "$GITHUB_OUTPUT"
//   docker build $(node deploy/facts.ts --flags) .
import { readFileSync } from 'node:fs';
import { factsOf, flagsOf, newestMigration } from '#deploy/core/build-facts';
import { fileAt, git, latestRelease } from '../scripts/lib/latest-release.mjs';

const MIGRATIONS = 'src/database/migrations/index.ts';

const release = latestRelease();
const released = 'tag' in release ? fileAt(release.tag, MIGRATIONS) : undefined;
const commit = git('.', 'rev-parse', 'HEAD');
if (commit === undefined) throw new Error('This is no Git repository.');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const { name } = JSON.parse(readFileSync('service.json', 'utf8')) as { name: string };

const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
const known = {
  name,
  version,
  run: process.env.GITHUB_RUN_NUMBER ?? '0',
  commit,
  committedAt: git('.', 'show', '--no-patch', '--format=%cI', 'HEAD') ?? '',
  builtAt: new Date().toISOString(),
  source:
    GITHUB_SERVER_URL && GITHUB_REPOSITORY
      ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`
      : // Without a password that it may have: labels are no secret.
        (git('.', 'remote', 'get-url', 'origin')?.replace(/\/\/[^/@]*@/, '//') ?? 'unknown'),
  schema: newestMigration(readFileSync(MIGRATIONS, 'utf8')),
  // The end-to-end tests of that release have run on the schema of this commit.
  oldestCode: newestMigration(released ?? ''),
};
process.stdout.write(process.argv.includes('--flags') ? `${flagsOf(known)}\n` : factsOf(known));
