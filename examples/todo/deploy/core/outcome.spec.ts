import { release } from '#deploy/core/examples';
import { recordOf } from '#deploy/core/record';
import { asLines, asMarkdown, asOutputs, type Outcome } from '#deploy/core/outcome';

const outcome: Outcome = {
  ending: 'rolled-back',
  headline: 'It was rolled back.',
  details: ['an alarm'],
  state: 'All is well.',
  next: 'Think.',
  release: release(3),
};

describe('an outcome', () => {
  it('is told to people', () => {
    expect(asLines(outcome)).toEqual(['It was rolled back.', '  - an alarm', 'All is well.', 'Think.']);
    expect(asLines({ ending: 'done', headline: 'Done.' })).toEqual(['Done.']);
  });

  it('is told in the summary of a job', () => {
    expect(asMarkdown('deploy', outcome)).toBe(
      '## ❌ deploy\n\nIt was rolled back.\n\n- an alarm\n\nAll is well.\n\n**What to do:** Think.\n',
    );
    expect(asMarkdown('deploy', { ending: 'done', headline: 'Done.' })).toBe('## ✅ deploy\n\nDone.\n');
    const record = recordOf(release(3), 'staging');
    expect(asMarkdown('deploy', { ...outcome, record })).toMatch(/Think\.\n\ndeploy of 1\.3\.0 .* by ada\n$/);
  });

  it('is told to the jobs that follow', () => {
    expect(asOutputs(outcome)).toBe(`ending=rolled-back\nversion=1.3.0\ncommit=${release(3).commit}\n`);
    expect(asOutputs({ ending: 'done', headline: '' })).toBe('ending=done\n');
  });
});
