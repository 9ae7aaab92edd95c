// @ts-check
import { configurationRules } from './rules-configuration.mjs';
import { dataRules } from './rules-data.mjs';
import { edgeRules } from './rules-edge.mjs';
import { rightsRules } from './rules-rights.mjs';
import { serviceRules } from './rules-service.mjs';

/** @typedef {import('./blocks.mjs').Block} Block */
/** @typedef {readonly (string | false | undefined)[]} Problems */

/**
 * Judges each block among all of its configuration, or of its state: those of one `type` of resources, or all.
 *
 * @typedef {object} Rule
 * @property {string} about What holds, in a sentence.
 * @property {string} [type]
 * @property {(block: Block, all: readonly Block[]) => Problems} problems
 */

/** @type {readonly Rule[]} */
const rules = [...configurationRules, ...rightsRules, ...edgeRules, ...dataRules, ...serviceRules];

/**
 * @param {readonly Block[]} blocks Those of one configuration, or of one state.
 * @returns {string[]} What breaks the rules, and where.
 */
export function check(blocks) {
  return blocks.flatMap((block) =>
    rules
      .filter(({ type }) => !type || (block.kind === 'resource' && block.type === type))
      .flatMap((rule) => rule.problems(block, blocks))
      .filter((problem) => typeof problem === 'string')
      .map((problem) => `${block.where}: ${problem}`),
  );
}
