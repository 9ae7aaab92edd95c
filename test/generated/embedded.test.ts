import { temporary } from '../support/temporary.ts';
import { renderInstalled, runNpm } from './support/example.ts';

/** The example is verified where Docker is; here the same suite runs without, in two halves. */
describe('the end-to-end tests of a rendered project', () => {
  let project = '';

  beforeAll(async () => {
    project = await renderInstalled(temporary());
  });

  it.each(['1/2', '2/2'])('pass unchanged without Docker, shard %s', async (shard) => {
    const { status, output } = await runNpm(['run', 'test:e2e', '--', `--shard=${shard}`], project, {
      CI: 'true',
      TEST_DATABASE: 'embedded',
    });
    expect(output).toContain('Database of the tests: embedded');
    if (status !== 0) throw new Error(output);
  });
});
