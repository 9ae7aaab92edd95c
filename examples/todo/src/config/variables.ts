import { z } from 'zod';

/** A whole number within bounds, both included. */
export function integer(minimum: number, maximum: number): z.ZodType<number, string> {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, message);
}

/** `true` or `false`. */
export function flag(): z.ZodType<boolean, string> {
  return z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
}

/** One of the given words. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  words: T,
): z.ZodType<T[number], string> {
  return z.enum(words, `must be one of ${words.join(', ')}`);
}

/** Words separated by commas; spaces around them don't count. */
function list(): z.ZodType<string[], string> {
  return z.string().transform((value) =>
    value
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  );
}

/** Origins of web pages, separated by commas. */
export function origins(): z.ZodType<string[], string> {
  return list()
    .refine((values) => !values.some((value) => value.includes('*')), {
      message: 'must name each origin: with * every page could call',
      abort: true,
    })
    .refine((values) => values.every(isOrigin), {
      message: 'must be origins like https://app.example.com, separated by commas, without paths',
    });
}

function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

/** A URL with one of the given schemes, e.g. `postgres`. */
export function url(schemes: readonly string[]): z.ZodType<string, string> {
  const accepted = schemes.map((scheme) => `${scheme}:`);
  return z.string().refine((value) => URL.canParse(value) && accepted.includes(new URL(value).protocol), {
    message: `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });
}

/** Any text. */
export function text(): z.ZodType<string, string> {
  return z.string();
}

/** A variable that may be absent; what it is, and an example, stand in `.env.example`. */
export function optional<T>(
  variable: z.ZodType<T, string>,
  description: string,
  example: string,
): z.ZodOptional<z.ZodType<T, string>> {
  return variable.optional().meta({ description, example });
}

/** A variable that has a value when it is absent; the default is written as in the environment. */
export function withDefault<T>(
  variable: z.ZodType<T, string>,
  value: string | number,
  description: string,
): z.ZodPrefault<z.ZodType<T, string>> {
  return variable.prefault(String(value)).meta({ description });
}
