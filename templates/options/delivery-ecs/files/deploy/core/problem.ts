/** Why nothing was done: what is wrong, and what to do about it. */
export interface Problem {
  /** For machines, such as `image-missing`. */
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

export function problem(code: string, what: string, remedy: string): Problem {
  return { code, what, remedy };
}

/** Nothing was changed, and nothing will be. */
export class Refusal extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ what, remedy }) => `${what} ${remedy}`).join('\n'));
    this.name = 'Refusal';
    this.problems = problems;
  }
}

/** A step did not do what it is for. */
export class StepFailure extends Error {
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.name = 'StepFailure';
    this.remedy = remedy;
  }
}

/** Somebody else changed the service meanwhile: what happens next is theirs. */
export class Superseded extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Superseded';
  }
}

/** AWS knows the credentials no more. */
export class AccessLost extends Error {
  constructor(cause: string) {
    super(cause);
    this.name = 'AccessLost';
  }
}
