// @ts-check
import path from 'node:path';
import { readConfiguration } from './policy/blocks.mjs';

/**
 * The variables that each task gets, as the module `service` writes them; `var.…` and `data.…` have the given values.
 *
 * @param {Readonly<Record<string, string>>} values By expression, such as `var.database.endpoint`.
 * @returns {Promise<{ service: Record<string, string>, migration: Record<string, string> }>}
 */
export async function taskEnvironments(values) {
  const blocks = await readConfiguration(path.join('infra', 'modules', 'service'));
  const locals = Object.assign({}, ...blocks.filter(({ kind }) => kind === 'locals').map(({ body }) => body));
  /** @param {string} name */
  const evaluated = (name) =>
    Object.fromEntries(
      Object.entries(/** @type {Record<string, unknown>} */ (locals[`${name}_environment`])).map(
        ([variable, value]) => [variable, evaluate(String(value), values)],
      ),
    );
  const common = evaluated('common');
  return {
    service: { ...evaluated('default'), ...common, ...evaluated('service') },
    migration: { ...common, ...evaluated('migration'), ...secrets(locals.migration_container, values) },
  };
}

/**
 * What ECS reads from Secrets Manager when it starts the migration: the names, each with the value of the key.
 *
 * @param {unknown} container
 * @param {Readonly<Record<string, string>>} values
 */
function secrets(container, values) {
  const found = [
    ...String(container).matchAll(
      /\{\s*name\s*=\s*"(\w+)",\s*valueFrom\s*=\s*"\$\{([\w.]+)\}:(\w+)::"\s*\}/g,
    ),
  ];
  return Object.fromEntries(
    found.map(([, name, secret, key]) => [name, valueOf(`${secret}:${key}`, values)]),
  );
}

/**
 * @param {string} value A text, or an expression in it.
 * @param {Readonly<Record<string, string>>} values
 */
function evaluate(value, values) {
  return value.replaceAll(/\$\{(?:tostring\()?([\w.]+)\)?\}/g, (_, expression) =>
    valueOf(expression, values),
  );
}

/**
 * @param {string} expression
 * @param {Readonly<Record<string, string>>} values
 */
function valueOf(expression, values) {
  const value = values[expression];
  if (value === undefined) throw new Error(`A task gets ${expression}, for which there is no value here.`);
  return value;
}
