// @ts-check
// Whether dashboards are what Grafana's own types say: a property that it does not know it leaves out without a word.
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { placeOf } from './places.mjs';
import { panelsOf } from './queries.mjs';

/**
 * @typedef {import('./queries.mjs').Panel} Panel
 *
 * @typedef {object} Finding
 * @property {Panel} [panel]
 * @property {string} at Within the panel, or within the dashboard.
 * @property {string} problem
 */

const TYPES = 'scripts/observability/lib/grafana-types.ts';
const path = fileURLToPath(new URL('grafana-types.ts', import.meta.url));

/** @type {Ajv | undefined} */
let compiled;

function schemas() {
  if (compiled) return compiled;
  const type = 'Grafana';
  // Without names for the parts: those of two kinds of panels are the same.
  const generator = createGenerator({ path, type, expose: 'none', topRef: false, skipTypeCheck: true });
  compiled = new Ajv({ allErrors: true, strict: false }).addSchema(generator.createSchema(type), 'grafana');
  return compiled;
}

/** @param {string} part */
function schemaOf(part) {
  return schemas().getSchema(`grafana#/properties/${part}`);
}

/**
 * @param {import('./dashboards.mjs').DashboardFile[]} files
 * @returns {string[]}
 */
export function schemaProblems(files) {
  return files.flatMap(({ file, dashboard }) =>
    [...findings('dashboard', dashboard), ...panelsOf(dashboard).flatMap(ofPanel)].map(
      ({ panel, at, problem }) => {
        const where = panel ? `panel "${panel.title || `number ${panel.id}`}": ` : '';
        return `${file} (${placeOf(dashboard.uid, panel?.title)}): ${where}${at || '/'}: ${problem}`;
      },
    ),
  );
}

/**
 * @param {Panel} panel
 * @returns {Finding[]}
 */
function ofPanel(panel) {
  const { type, options, fieldConfig } = panel;
  if (type === 'row') return findings('row', panel).map((finding) => ({ panel, ...finding }));
  const part = `panels/properties/${type}`;
  if (!schemaOf(part)) return [{ panel, at: '/type', problem: `there is no ${type} in ${TYPES}: add it` }];
  const custom = fieldConfig?.defaults?.['custom'] ?? {};
  return [
    ...findings('panel', panel),
    ...findings(`${part}/properties/options`, options ?? {}, '/options'),
    ...findings(`${part}/properties/custom`, custom, '/fieldConfig/defaults/custom'),
  ].map((finding) => ({ panel, ...finding }));
}

/**
 * @param {string} part Of the schema.
 * @param {unknown} value
 * @param {string} [within]
 * @returns {Finding[]}
 */
function findings(part, value, within = '') {
  const validate = schemaOf(part);
  if (!validate) throw new Error(`${TYPES} has no ${part}`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const about = params['additionalProperty'] ?? params['allowedValues']?.join(', ');
    return { at: within + instancePath, problem: [message, about].filter(Boolean).join(': ') };
  });
}
