/** What the user is told about a failure: one sentence what is wrong, one sentence what to do. */
export interface Explanation {
  /** Stable, in kebab-case, for programs that read the JSON form. */
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
  /** More than fits in a sentence, one item a line. */
  readonly details?: readonly string[];
}

/** A failure that is explained to the user instead of shown with a stack. */
export abstract class ExplainedError extends Error implements Explanation {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
  readonly details: readonly string[];
  /** The exit status of the process when the failure ends it. */
  abstract readonly exitStatus: number;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(`${explanation.what} ${explanation.remedy}`, options);
    this.code = explanation.code;
    this.what = explanation.what;
    this.remedy = explanation.remedy;
    this.details = explanation.details ?? [];
  }
}

/** The input is wrong: another input helps. */
export class InputError extends ExplainedError {
  override readonly name = 'InputError';
  readonly exitStatus = 2;
}

/**
 * One error for several problems of the same input; a single problem stays as it is.
 *
 * @param problems at least one
 */
export function listProblems(problems: readonly InputError[]): InputError {
  const [first, ...others] = problems;
  if (first === undefined) throw new TypeError('There is no problem to list.');
  if (others.length === 0) return first;
  return new InputError({
    code: 'several-problems',
    what: `${problems.length} things are wrong with the input.`,
    remedy: 'Correct each of them and run the command again.',
    details: problems.map((problem) => `${problem.what} ${problem.remedy}`),
  });
}
