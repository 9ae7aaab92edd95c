import Sequencer from '@jest/test-sequencer';
import path from 'node:path';

/** What takes minutes, the longest first. Where nothing is known of earlier runs, jest would begin with the largest files. */
const LONGEST = ['ci-steps', 'options', 'embedded', 'delivery', 'pnpm', 'rollback-drill'];

/** Begins with what takes longest, so that no worker is left alone with it at the end. */
export default class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {Parameters<Sequencer['sort']>[0]} tests
   */
  async sort(tests) {
    return [...(await super.sort(tests))].sort((a, b) => place(a.path) - place(b.path));
  }
}

/** @param {string} file */
function place(file) {
  const index = LONGEST.indexOf(path.basename(file, '.test.ts'));
  return index < 0 ? LONGEST.length : index;
}
