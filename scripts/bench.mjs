/**
 * Compares create-prod-forge with create-vite and `nest new`, generation only, side by side in one run: `npm run bench`.
 *
 * `--rounds <n>` sets the rounds (default 7); `--write` puts the table into docs/benchmarks.md. Needs the npm registry.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const rivals = { 'create-vite': '9.3.0', '@nestjs/cli': '12.0.8' };
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, write: { type: 'boolean' } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(
    `error: "${values.rounds}" is not a number of rounds.\n       Give a whole number from 1 up.`,
  );
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'prod-forge-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const tools = installTools();
const tarball = pack(join(root, 'packages/create-prod-forge'));
const ours = ['--yes', '--no-install', '--no-git'];
const vite = ['--template', 'vanilla-ts', '--no-interactive'];
const nest = ['--skip-install', '--skip-git', '--package-manager', 'npm', '--language', 'ts'];

/** Each comparison: what is measured, ours, theirs, and the bar for ours as a multiple of theirs. */
const comparisons = [
  {
    title: 'whole process, against `nest new --skip-install --skip-git`',
    bar: 0.25,
    ours: () => time(process.execPath, [tools.ours, 'app', ...ours]),
    theirs: () => time(process.execPath, [tools.nest, 'new', 'app', ...nest]),
  },
  {
    title: 'warm `npx`, ours from a packed tarball, against `create-vite`',
    bar: 1.4,
    ours: () => time('npx', ['--yes', '--package', tarball, 'create-prod-forge', 'app', ...ours]),
    theirs: () => time('npx', ['--yes', `create-vite@${rivals['create-vite']}`, 'app', ...vite]),
  },
  {
    title: 'cold `npx` (empty cache), ours from a packed tarball, against `create-vite`',
    bar: 2,
    ours: () =>
      time('npx', ['--yes', '--package', tarball, 'create-prod-forge', 'app', ...ours], coldCache()),
    theirs: () => time('npx', ['--yes', `create-vite@${rivals['create-vite']}`, 'app', ...vite], coldCache()),
  },
];

const rows = comparisons.map(({ title, bar, ours: run, theirs: rival }) => {
  const samples = alternate(run, rival);
  const ratio = median(samples.map(([mine = 0, other = 1]) => mine / other));
  return [
    title,
    milliseconds(median(samples.map(([mine = 0]) => mine))),
    milliseconds(median(samples.map(([, other = 0]) => other))),
    `${ratio.toFixed(2)} ×`,
    `≤ ${bar} ×`,
    ratio <= bar ? 'met' : 'missed',
  ];
});
const memory = peakMemory();
const size = statSync(tarball).size;
rows.push([
  'peak memory of the process',
  `${memory.toFixed(0)} MiB`,
  '',
  '',
  '≤ 110 MiB',
  memory <= 110 ? 'met' : 'missed',
]);
rows.push([
  'packed tarball',
  `${(size / 1000).toFixed(0)} kB`,
  '',
  '',
  '≤ 1 MB',
  size <= 1_000_000 ? 'met' : 'missed',
]);

const table = markdown([['measured', 'create-prod-forge', 'the other', 'median ratio', 'bar', ''], ...rows]);
console.log(`\n${table}`);
if (values.write) await writeTable(table);
process.exitCode = rows.some((row) => row.at(-1) === 'missed') ? 1 : 0;

/** Installs what is compared with, once, and names the programs. */
function installTools() {
  const folder = join(root, '.cache', 'bench');
  const wanted = JSON.stringify(rivals);
  const stamp = join(folder, 'installed.json');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: rivals }));
    npm(['install', '--no-audit', '--no-fund', '--loglevel', 'error'], folder);
    writeFileSync(stamp, wanted);
  }
  return {
    ours: join(root, 'packages/create-prod-forge/bin/create-prod-forge.js'),
    nest: join(folder, 'node_modules/@nestjs/cli/bin/nest.js'),
  };
}

/** @param {string} folder of a package */
function pack(folder) {
  const output = npm(['pack', folder, '--json', '--ignore-scripts', '--pack-destination', work], root);
  const [{ filename }] = JSON.parse(output);
  return join(work, filename);
}

/**
 * Alternating rounds, so that a change of the machine's load hits both; the first round only warms up.
 *
 * @param {() => number} run
 * @param {() => number} rival
 */
function alternate(run, rival) {
  /** @type {number[][]} */
  const samples = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = round % 2 === 0 ? [run(), rival()] : [rival(), run()].reverse();
    if (round > 0) samples.push(pair);
    process.stderr.write('.');
  }
  return samples;
}

/**
 * Milliseconds from start to exit of a program in an empty folder.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function time(program, args, env = {}) {
  const cwd = mkdtempSync(join(work, 'run-'));
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32' && program === 'npx',
  });
  const elapsed = performance.now() - started;
  if (status !== 0 || !existsSync(join(cwd, 'app', 'package.json'))) {
    throw new Error(`${program} ${args.join(' ')} failed (${status}):\n${stderr}`);
  }
  rmSync(cwd, { recursive: true, force: true });
  return elapsed;
}

function coldCache() {
  return { npm_config_cache: mkdtempSync(join(work, 'cache-')) };
}

/** MiB, as the process itself sees its peak when it exits. */
function peakMemory() {
  const file = join(work, 'rss');
  const hook = `process.on('exit',()=>require('node:fs').writeFileSync(${JSON.stringify(file)},String(process.resourceUsage().maxRSS)))`;
  writeFileSync(join(work, 'rss.cjs'), hook);
  const peaks = Array.from({ length: rounds }, () => {
    time(process.execPath, ['--require', join(work, 'rss.cjs'), tools.ours, 'app', ...ours]);
    return Number(readFileSync(file, 'utf8')) / 1024;
  });
  return median(peaks);
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
function milliseconds(value) {
  return `${value.toFixed(0)} ms`;
}

/** @param {string[][]} rows the first is the head */
function markdown([head = [], ...body]) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** @param {string} text */
async function writeTable(text) {
  const path = join(root, 'docs/benchmarks.md');
  const page = readFileSync(path, 'utf8');
  const updated = page.replace(
    /(<!-- table:start -->\n)[\s\S]*?(\n<!-- table:end -->)/,
    (_, start, end) => `${start}\n${text}\n${end}`,
  );
  const options = { ...(await resolveConfig(path)), filepath: path };
  writeFileSync(path, await format(updated, options));
}

/**
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}
