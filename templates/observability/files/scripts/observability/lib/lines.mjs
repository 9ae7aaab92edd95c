// @ts-check
import { LineCounter, isNode, parseDocument } from 'yaml';

/**
 * A YAML file whose parts know where they stand.
 *
 * @param {string} text
 * @param {string} file
 */
export function withLines(text, file) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (/** @type {number} */ offset) => `${file}:${lines.linePos(offset).line}`;
  return {
    /** @type {any} */
    value: document.errors.length > 0 ? undefined : document.toJS({ merge: true }),
    /** What is no YAML; what follows the first mistake follows from it. */
    problems: document.errors
      .slice(0, 1)
      .map(({ pos, message }) => `${at(pos[0])}: is no YAML. ${message.replace(/ at line \d+[^]*/, '')}.`),
    /** @param {readonly (string | number)[]} path Of keys and indexes. */
    where(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return at(node.range[0]);
      }
      return document.contents?.range ? at(document.contents.range[0]) : `${file}:1`;
    },
  };
}
