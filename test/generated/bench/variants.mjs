import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Variant
 * @property {string} name
 * @property {string} title
 * @property {string} entry Run by Node in the folder of the built service.
 * @property {readonly string[]} [preload]
 * @property {boolean} signals Whether it has to log and count every request.
 * @property {number} [bar] How many requests per second of it the first variant serves at least.
 */

/** @type {readonly [Variant, ...Variant[]]} What is compared; the first is what the others are compared with. */
export const variants = [
  { name: 'service', title: 'the service as rendered (Fastify)', entry: 'dist/main.js', signals: true },
  {
    name: 'silent',
    title: 'the same without access log and metrics',
    entry: 'dist/main.js',
    preload: [here('signals-off.mjs')],
    signals: false,
    bar: 0.85,
  },
  {
    name: 'bare',
    title: 'bare `node:http` and `pg`: the ceiling',
    entry: here('bare.mjs'),
    signals: true,
    bar: 0.75,
  },
  { name: 'express', title: 'the service on Express', entry: here('express.mjs'), signals: true },
];

/** @param {string} file */
function here(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
