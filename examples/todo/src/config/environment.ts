import { z } from 'zod';

type Shape = Readonly<Record<string, z.ZodType>>;
type Values<S extends Shape> = { [K in keyof S]: z.output<S[K]> };

/**
 * Says what is wrong between variables, of which those with problems of their own are absent; `source` has those of other
 * parts, as they are written. Never puts a value into the text.
 */
export type Rule<S extends Shape> = (
  values: Partial<Values<S>>,
  source: NodeJS.ProcessEnv,
) => readonly string[];

/** The variables of one part of the service. */
export interface Environment<S extends Shape = Shape> {
  /** What the part is called in `.env.example`. */
  readonly title: string;
  readonly shape: S;
  /**
   * The typed values; an empty variable counts as absent.
   *
   * @throws EnvironmentError with every problem of this part.
   */
  read(source?: NodeJS.ProcessEnv): Values<S>;
}

/** The environment can't be used; the message lists every problem, one a line, without values. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The environment is not valid:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'EnvironmentError';
  }
}

const environments: Environment[] = [];

/** Declares the variables of one part, so that {@link checkEnvironment} knows them. */
export function defineEnvironment<S extends Shape>(title: string, shape: S, rule?: Rule<S>): Environment<S> {
  const environment: Environment<S> = {
    title,
    shape,
    read(source = process.env) {
      const values: Partial<Values<S>> = {};
      const problems: string[] = [];
      for (const [name, variable] of Object.entries(shape) as [keyof S & string, S[keyof S]][]) {
        const value = source[name] === '' ? undefined : source[name];
        const result = variable.safeParse(value);
        if (result.success) values[name] = result.data;
        else problems.push(`${name}: ${value === undefined ? 'is required' : messageOf(result.error)}`);
      }
      problems.push(...(rule?.(values, source) ?? []));
      if (problems.length > 0) throw new EnvironmentError(problems);
      return values as Values<S>;
    },
  };
  environments.push(environment);
  return environment;
}

/** All declared parts, in the order in which their modules were loaded. */
export function declaredEnvironments(): readonly Environment[] {
  return environments;
}

/**
 * Reads every declared part.
 *
 * @throws EnvironmentError with the problems of all parts at once.
 */
export function checkEnvironment(source: NodeJS.ProcessEnv = process.env): void {
  const problems = environments.flatMap((environment) => {
    try {
      environment.read(source);
      return [];
    } catch (error) {
      if (error instanceof EnvironmentError) return error.problems;
      throw error;
    }
  });
  if (problems.length > 0) throw new EnvironmentError(problems);
}

function messageOf({ issues }: z.ZodError): string {
  return issues.map(({ message }) => message).join('; ');
}
