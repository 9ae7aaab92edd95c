// @ts-check
// Plans an environment in a pipeline, and says so in reports/plan.md and in the summary of the job.
//   node scripts/infra/plan.mjs <environment> preview|apply
// A preview only reads, and so takes no lock. A plan to apply is saved as <environment>.tfplan; of two merges, one waits
// for the other.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportOf } from './plan-report.mjs';

const [environment = '', purpose = ''] = process.argv.slice(2);
const folder = join('infra', 'environments', environment);

/** @param {string[]} args */
function terraform(...args) {
  const { status, stdout, stderr } = spawnSync(
    'terraform',
    [`-chdir=${folder}`, ...args, '-input=false', '-no-color'],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const output = `${stdout}${stderr}`;
  console.log(output);
  return { status, output };
}

const init = terraform('init', '-backend-config=../../backend.hcl');
const how = purpose === 'apply' ? [`-out=${environment}.tfplan`, '-lock-timeout=5m'] : ['-lock=false'];
const { status, output } =
  init.status === 0 ? terraform('plan', '-detailed-exitcode', ...how) : { ...init, status: 1 };

const report = reportOf(environment, status, output);
mkdirSync('reports', { recursive: true });
writeFileSync(join('reports', 'plan.md'), report);
const { GITHUB_STEP_SUMMARY, GITHUB_OUTPUT } = process.env;
if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, report);
if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, `changes=${status === 2}\n`);
if (status !== 0 && status !== 2) process.exitCode = 1;
