// Releases to an environment, goes back to an earlier release, and lists releases.
//   node deploy/cli.ts deploy | rollback | releases --help
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cloud } from '#deploy/cloud/cloud';
import { readIdentity } from '#deploy/cloud/identity';
import { readDeployment, readSecret } from '#deploy/cloud/parameters';
import type { Context } from '#deploy/context';
import { readArguments, Usage, type Arguments } from '#deploy/core/arguments';
import { statusOf } from '#deploy/core/exits';
import type { Outcome } from '#deploy/core/outcome';
import { AccessLost, Refusal } from '#deploy/core/problem';
import { recordOf, type DeploymentRecord } from '#deploy/core/record';
import { releasesPath } from '#deploy/core/release';
import { settingsOf, type Settings } from '#deploy/core/settings';
import { deploy } from '#deploy/deploy';
import { annotate } from '#deploy/grafana';
import { releases } from '#deploy/releases';
import { Reporter } from '#deploy/reporter';
import { rollback } from '#deploy/rollback';
import { SmokeTest } from '#deploy/smoke/smoke';

const folder = import.meta.dirname;

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  (error.status === 0 ? process.stdout : process.stderr).write(`${error.message}\n`);
  process.exitCode = error.status;
}

async function main(args: Arguments): Promise<number> {
  const settings = readSettings(args.environment);
  const interruption = new AbortController();
  const reporter = new Reporter(args.json);
  listenForInterruption(interruption, reporter);
  const { name } = JSON.parse(readFileSync(join(folder, '..', 'service.json'), 'utf8')) as {
    name: string;
  };
  const root = `/${name}/${args.environment}`;
  const cloud = new Cloud(interruption.signal);
  const title = `${args.command} ${args.environment}`;
  try {
    const identity = await cloud.do(readIdentity);
    const deployment = await cloud.do(readDeployment(`${root}/deployment`));
    const path = releasesPath(name, args.environment);
    if (args.command === 'releases') {
      await releases({ args, cloud, deployment, path });
      return 0;
    }
    reporter.line(`${title}, in account ${identity.account} as ${identity.arn}`);
    const smokeTest = new SmokeTest({
      url: deployment.url,
      mode: settings.smoke,
      authorization: await authorizationOf(settings, cloud),
    });
    const by = whoIs(identity.arn);
    const context: Context = { args, settings, cloud, deployment, path, reporter, smokeTest, by };
    const outcome = await (args.command === 'deploy' ? deploy(context) : rollback(context));
    for (const word of smokeTest.remains)
      reporter.warn(`A smoke test could not delete its todo. Find it by the word ${word}.`);
    if (!outcome.release) return end(reporter, title, outcome);
    const record = recordOf(outcome.release, args.environment);
    if (outcome.release.changedAt !== undefined) await mark(record, name, reporter);
    return end(reporter, title, { ...outcome, record });
  } catch (error) {
    return end(reporter, title, unbegun(error, interruption.signal.aborted));
  }
}

/** Why nothing was begun. */
function unbegun(error: unknown, isInterrupted: boolean): Outcome {
  const state = 'Nothing was changed.';
  if (isInterrupted) return { ending: 'interrupted', headline: 'Interrupted.', state };
  if (error instanceof Refusal)
    return {
      ending: 'refused',
      headline: 'Not begun:',
      details: error.problems.map(({ what, remedy, code }) => `${what} ${remedy} [${code}]`),
      problems: error.problems,
      state,
    };
  const { message } = error as Error;
  if (error instanceof AccessLost)
    return {
      ending: 'access-lost',
      headline: `AWS does not accept the credentials (${message}).`,
      state,
      next: 'Log in.',
    };
  return { ending: 'failed', headline: message, state };
}

function end(reporter: Reporter, title: string, outcome: Outcome): number {
  reporter.end(title, outcome);
  return statusOf(outcome.ending);
}

function readSettings(environment: string) {
  try {
    return settingsOf(readFileSync(join(folder, 'environments.json'), 'utf8'), environment);
  } catch (error) {
    throw new Usage((error as Error).message, 2);
  }
}

/** The first time it says in which state things are, which takes a moment; the second time it just ends. */
function listenForInterruption(interruption: AbortController, reporter: Reporter): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (interruption.signal.aborted) process.exit(statusOf('interrupted'));
      reporter.line(`\n${signal}: stopping. Once more to end at once.`);
      interruption.abort();
    });
}

/** A mark that can't be left is no reason to fail. */
async function mark(record: DeploymentRecord, name: string, reporter: Reporter): Promise<void> {
  const { GRAFANA_URL, GRAFANA_TOKEN } = process.env;
  const failure = await annotate({ url: GRAFANA_URL, token: GRAFANA_TOKEN }, record, name);
  if (failure !== undefined) reporter.warn(`No annotation was made: ${failure}.`);
}

/** How smoke tests say who they are; a variable for once, a parameter for good. */
async function authorizationOf({ smokeAuthorization }: Settings, cloud: Cloud): Promise<string | undefined> {
  const { SMOKE_AUTHORIZATION } = process.env;
  if (SMOKE_AUTHORIZATION) return SMOKE_AUTHORIZATION;
  return smokeAuthorization === undefined ? undefined : cloud.do(readSecret(smokeAuthorization));
}

/** In a job the person who started it, else the session or the user of the identity. */
function whoIs(arn: string): string {
  return process.env.GITHUB_ACTOR ?? arn.slice(arn.lastIndexOf('/') + 1);
}
