import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { describeFailure } from '../terminal/errors.ts';
import { exitOnSignals } from '../terminal/interrupt.ts';
import { sampleProject } from './sample-project.ts';
import { writeProject } from './write-project.ts';

/** What happens at one call that changes the disk: the process dies before it, or it fails with this code of the system. */
type Fault =
  | { readonly call: number; readonly kind: 'kill' }
  | { readonly call: number; readonly kind: 'fail'; readonly code: string };

/** One project to write. */
export interface WriteOrder {
  readonly target: string;
  readonly extra?: number;
  readonly fault?: Fault;
}

export interface WriteReport {
  /** How many calls changed the disk. */
  readonly calls: number;
  readonly files?: number;
  readonly failure?: { readonly code: string; readonly exitStatus: number; readonly what: string };
}

const CHANGES = [
  'mkdirSync',
  'openSync',
  'writeFileSync',
  'linkSync',
  'unlinkSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
] as const;

let calls = 0;
let fault: Fault | undefined;

for (const name of CHANGES) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      calls++;
      if (calls === fault?.call) strike(fault);
      return original(...args);
    },
  });
}
syncBuiltinESMExports();
exitOnSignals();

const { orders, uid } = JSON.parse(process.argv[2] ?? '') as { orders: readonly WriteOrder[]; uid?: number };
if (uid !== undefined) process.setuid?.(uid);
process.stdout.write('\n');
const reports: WriteReport[] = [];
for (const order of orders) reports.push(await write(order));
process.stdout.write(JSON.stringify(reports));

async function write({ target, extra = 0, fault: planned }: WriteOrder): Promise<WriteReport> {
  calls = 0;
  fault = planned;
  try {
    const { files } = await writeProject(sampleProject(extra), target);
    return { calls, files };
  } catch (error) {
    const { code, exitStatus, what } = describeFailure(error);
    return { calls, failure: { code, exitStatus, what } };
  }
}

function strike(now: Fault): void {
  if (now.kind === 'kill') process.kill(process.pid, 'SIGKILL');
  else throw Object.assign(new Error(now.code), { code: now.code });
}
