import { ExplainedError, type Explanation } from '../engine/errors.ts';
import { Interrupted } from './interrupt.ts';
import type { Style } from './style.ts';

/** A failure as it is reported, whatever was thrown. */
export interface Failure extends Explanation {
  /** 1 unexpected or outside of the input, 2 wrong input, 130 interrupted (143 by SIGTERM). */
  readonly exitStatus: number;
}

const MARGIN = '       ';

/** Turns anything that was thrown into what is reported; never throws. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ExplainedError) {
    const { code, what, remedy, details, exitStatus } = error;
    return { code, what, remedy, ...(details.length > 0 && { details }), exitStatus };
  }
  if (error instanceof Interrupted) {
    return {
      code: 'interrupted',
      what: 'The run was interrupted.',
      remedy: 'Run the command again when you like.',
      exitStatus: error.exitStatus,
    };
  }
  return {
    code: 'unexpected',
    what: 'Something unexpected went wrong.',
    remedy: 'Please report it with the lines below.',
    details: (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n'),
    exitStatus: 1,
  };
}

/** For people, on stderr: `error: <what>`, below it the remedy and the details. */
export function formatFailure(failure: Failure, style: Style): string {
  const lines = [
    `${style.red(style.bold('error:'))} ${failure.what}`,
    MARGIN + failure.remedy,
    ...(failure.details ?? []).map((detail) => `${MARGIN}  ${detail}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** For programs, with `--json`: one object under the key `error`. */
export function failureToJson(failure: Failure): { readonly error: Failure } {
  return { error: failure };
}
