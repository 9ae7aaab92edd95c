import { parseArgs } from 'node:util';
import { EXITS } from '#deploy/core/exits';

export type Command = 'deploy' | 'rollback' | 'releases';

export interface Arguments {
  readonly command: Command;
  readonly environment: string;
  /** `sha256:…`; only of `deploy`. */
  readonly image: string;
  /** A revision; only of `rollback`. */
  readonly to: number | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly takeOver: boolean;
  readonly despiteAlarms: boolean;
  /** The days that figures are of; undefined for the list itself. Only of `releases`. */
  readonly days: number | undefined;
}

/** What was typed is wrong, or help was asked for. */
export class Usage extends Error {
  readonly status: number;

  constructor(text: string, status: number) {
    super(text);
    this.name = 'Usage';
    this.status = status;
  }
}

const DAYS = 30;

const COMMON = {
  environment: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
const CHANGING = {
  'dry-run': { type: 'boolean' },
  'take-over': { type: 'boolean' },
  'despite-alarms': { type: 'boolean' },
} as const;

const OPTIONS = {
  deploy: { ...COMMON, ...CHANGING, image: { type: 'string' } },
  rollback: { ...COMMON, ...CHANGING, to: { type: 'string' } },
  releases: { ...COMMON, dora: { type: 'boolean' }, days: { type: 'string' } },
} as const;

const HELP: Readonly<Record<Command, string>> = {
  deploy: `deploy --environment <name> --image <sha256:…> [options]

Releases an image that is in the registry: migrates, replaces the tasks, verifies, and rolls back where that fails.`,
  rollback: `rollback --environment <name> [--to <revision>] [options]

Goes back to the newest verified release before the one that runs, or to the revision that you name.`,
  releases: `releases --environment <name> [--dora [--days <number>]] [--json]

Lists the releases of an environment, newest first; or, of the last 30 days, how often it is released to, how long that takes, how
much of it fails and for how long.`,
};

const OVERVIEW = `Releases to an environment, goes back to an earlier release, and lists releases.

  deploy --help, rollback --help, releases --help`;

const FLAGS = `  --dry-run          print what would be done, and change nothing
  --json             print the result as JSON on standard output; progress goes to standard error
  --take-over        go on although a command seems to work on this environment: you know that it doesn't
  --despite-alarms   go on although an alarm sounds already; it then doesn't count`;

const VARIABLES = `Environment:
  AWS_PROFILE, AWS_REGION, …      as every program that uses the SDK of AWS
  SMOKE_AUTHORIZATION             the header Authorization of smoke tests, in place of the parameter in environments.json
  GRAFANA_URL, GRAFANA_TOKEN      where a release is marked on dashboards`;

export function helpOf(command: Command): string {
  const exits = EXITS.map(({ status, meaning }) => `  ${String(status).padStart(3)}  ${meaning}`).join('\n');
  const flags = command === 'releases' ? '' : `\n\n${FLAGS}`;
  return `${HELP[command]}${flags}\n\n${VARIABLES}\n\nExit status:\n${exits}`;
}

/** Reads the command line; throws a {@link Usage} with what to print. */
export function readArguments(words: readonly string[]): Arguments {
  // Some package managers pass the `--` on that separates the arguments.
  const [command, ...rest] = words.filter((word) => word !== '--');
  if (command === '--help' || command === 'help') throw new Usage(OVERVIEW, 0);
  if (command !== 'deploy' && command !== 'rollback' && command !== 'releases')
    throw new Usage('Say deploy, rollback or releases.', 2);
  const values = parse(command, rest);
  if (values.help === true) throw new Usage(helpOf(command), 0);
  if (values.environment === undefined)
    throw new Usage(`Say which: ${command} --environment staging, for example.`, 2);
  const image = values.image ?? '';
  if (command === 'deploy' && !/^sha256:[0-9a-f]{64}$/.test(image))
    throw new Usage('Say --image with a digest: sha256: and 64 hexadecimal digits. A tag can move.', 2);
  if (values.to !== undefined && !/^[1-9]\d*$/.test(values.to))
    throw new Usage('--to takes the number of a revision, as the command releases lists them.', 2);
  if (values.days !== undefined && !(values.dora && /^[1-9]\d*$/.test(values.days)))
    throw new Usage('--days takes a number, and goes with --dora.', 2);
  return {
    command,
    environment: values.environment,
    image,
    to: values.to === undefined ? undefined : Number(values.to),
    dryRun: values['dry-run'] ?? false,
    json: values.json ?? false,
    takeOver: values['take-over'] ?? false,
    despiteAlarms: values['despite-alarms'] ?? false,
    days: values.dora ? Number(values.days ?? DAYS) : undefined,
  };
}

interface Values {
  readonly environment?: string;
  readonly image?: string;
  readonly to?: string;
  readonly help?: boolean;
  readonly json?: boolean;
  readonly dora?: boolean;
  readonly days?: string;
  readonly 'dry-run'?: boolean;
  readonly 'take-over'?: boolean;
  readonly 'despite-alarms'?: boolean;
}

function parse(command: Command, args: readonly string[]): Values {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS[command], strict: true });
    return values as Values;
  } catch (error) {
    throw new Usage(`${(error as Error).message}\nSee ${command} --help.`, 2);
  }
}
