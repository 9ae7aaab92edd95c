import { z } from 'zod';

type Shape = Readonly<Record<string, z.ZodType>>;
type Values<S extends Shape> = { [K in keyof S]: z.output<S[K]> };

/** Says what is wrong between variables, e.g. two that exclude each other. Never puts a value into the text. */
export type Rule<S extends Shape> = (values: Values<S>) => string | undefined;

/** The variables of one part of the service. */
export interface Environment<S extends Shape = Shape> {
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
export function defineEnvironment<S extends Shape>(shape: S, rule?: Rule<S>): Environment<S> {
  const schema = z.object(shape);
  const environment: Environment<S> = {
    shape,
    read(source = process.env) {
      const present = Object.entries(source).filter(([, value]) => value !== '');
      const result = schema.safeParse(Object.fromEntries(present));
      if (!result.success) throw new EnvironmentError(result.error.issues.map(describe));
      const values = result.data as Values<S>;
      const broken = rule?.(values);
      if (broken) throw new EnvironmentError([broken]);
      return values;
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

function describe({ path, message, code }: z.core.$ZodIssue): string {
  const name = path.join('.');
  const missing = code === 'invalid_type' && message.endsWith('received undefined');
  return `${name}: ${missing ? 'is required' : message}`;
}
