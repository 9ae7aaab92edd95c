import { helpOf, readArguments, Usage } from '#deploy/core/arguments';
import { EXITS } from '#deploy/core/exits';

const IMAGE = `sha256:${'a'.repeat(64)}`;

function refusal(...words: readonly string[]): Usage {
  try {
    readArguments(words);
  } catch (error) {
    if (error instanceof Usage) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('the command line', () => {
  it('is read, with or without the separator that some package managers pass on', () => {
    const expected = { command: 'deploy', environment: 'staging', image: IMAGE, dryRun: true, json: false };
    const words = ['--environment', 'staging', '--image', IMAGE, '--dry-run'];
    expect(readArguments(['deploy', ...words])).toMatchObject(expected);
    expect(readArguments(['deploy', '--', ...words])).toMatchObject(expected);
  });

  it('asks for figures of some days', () => {
    const days = (...words: string[]) =>
      readArguments(['releases', '--environment', 'staging', ...words]).days;
    expect([days(), days('--dora'), days('--dora', '--days', '90')]).toEqual([undefined, 30, 90]);
    for (const words of [
      ['--days', '90'],
      ['--dora', '--days', '0'],
    ])
      expect(refusal('releases', '--environment', 'staging', ...words).message).toContain('--days takes');
  });

  it('needs nothing but the environment to go back', () => {
    expect(readArguments(['rollback', '--environment', 'production'])).toMatchObject({ to: undefined });
    expect(readArguments(['rollback', '--environment', 'production', '--to', '41'])).toMatchObject({
      to: 41,
    });
  });

  it.each([
    ['no command', [], 'Say deploy, rollback or releases.'],
    ['no environment', ['rollback'], 'Say which: rollback --environment staging'],
    ['a tag', ['deploy', '--environment', 'x', '--image', 'latest'], 'A tag can move.'],
    ['no image', ['deploy', '--environment', 'x'], '--image with a digest'],
    [
      'a digest that is cut short',
      ['deploy', '--environment', 'x', '--image', 'sha256:abc'],
      'A tag can move.',
    ],
    [
      'a revision that is none',
      ['rollback', '--environment', 'x', '--to', '$(id)'],
      'the number of a revision',
    ],
    [
      'a flag of another command',
      ['releases', '--environment', 'x', '--dry-run'],
      "Unknown option '--dry-run'",
    ],
  ])('is refused with %s', (_, words, text) => {
    const { status, message } = refusal(...words);
    expect([status, message]).toEqual([2, expect.stringContaining(text)]);
  });

  it('explains itself, with every exit status', () => {
    const { status, message } = refusal('deploy', '--help');
    expect([status, message]).toEqual([0, helpOf('deploy')]);
    expect(refusal('--help')).toMatchObject({
      status: 0,
      message: expect.stringContaining('rollback --help'),
    });
    for (const exit of EXITS) expect(message).toContain(`${exit.status}  ${exit.meaning}`);
  });

  it('ends with statuses that are told apart', () => {
    expect(new Set(EXITS.map(({ status }) => status)).size).toBe(EXITS.length);
  });
});
