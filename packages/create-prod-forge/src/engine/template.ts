import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';

/** The output of `Handlebars.precompile`, as an object. Opaque here. */
export type TemplateSpecification = Readonly<Record<string, unknown>>;

/** What a template may look up; any other name is an error. */
export type TemplateContext = Readonly<Record<string, unknown>>;

/**
 * Renders a precompiled template.
 *
 * Throws an Error that names the unknown name where the template asks for one that the context lacks.
 */
export function renderTemplate(
  template: TemplateSpecification,
  context: TemplateContext,
  runPrefix: string,
): string {
  // The declarations of the runtime alone are empty.
  const handlebars = (runtime as unknown as typeof Handlebars).create();
  handlebars.registerHelper('run', (script: string) => `${runPrefix} ${script}`);
  handlebars.registerHelper('json', (value: unknown) => JSON.stringify(value, null, 2));
  return handlebars.template(template)(strict(context));
}

/**
 * Handlebars' own strict mode lets an unknown name pass as the argument of a helper or block (`{{#if typo}}`);
 * behind this proxy it never does.
 */
function strict<T extends object>(value: T, path = ''): T {
  return new Proxy(value, {
    // Handlebars asks first and would give its own, vaguer error.
    has: () => true,
    get(target, key) {
      if (typeof key === 'symbol' || Array.isArray(target))
        return guard(Reflect.get(target, key), `${path}[]`);
      if (!Object.hasOwn(target, key)) {
        if (key in Object.prototype || key === 'then' || key === 'toJSON')
          return Reflect.get(target, key) as unknown;
        throw new Error(`unknown name "${path}${key}" in a template`);
      }
      return guard(Reflect.get(target, key), `${path}${key}.`);
    },
  });
}

function guard(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return value instanceof Lookup ? value.entries : strict(value, path);
}

/** Marks a table that templates may ask for keys that it lacks (`{{#with table.Key}}`). */
export class Lookup<T> {
  readonly entries: Readonly<Record<string, T>>;

  constructor(entries: Readonly<Record<string, T>>) {
    this.entries = entries;
  }
}
