import { definition, release } from '#deploy/core/examples';
import { fallback, rollbackTarget } from '#deploy/core/target';

const three = [release(1), release(2), release(3)];

describe('a rollback', () => {
  it('goes to the newest verified release older than the one that runs', () => {
    expect(rollbackTarget(three, definition(3), undefined)).toEqual({ to: release(2) });
    expect(rollbackTarget(three, definition(2), undefined)).toEqual({ to: release(1) });
  });

  it.each(['failed', 'rolled-back', 'unfinished'] as const)('leaves out what is %s', (state) => {
    const releases = [release(1), release(2, { state }), release(3)];
    expect(rollbackTarget(releases, definition(3), undefined)).toEqual({ to: release(1) });
  });

  it('goes to the newest verified one where something runs that no release made', () => {
    expect(rollbackTarget(three, definition(77), undefined)).toEqual({ to: release(3) });
  });

  it('changes nothing the second time', () => {
    const back = release(4, {
      kind: 'rollback',
      revision: 2,
      taskDefinition: definition(2),
      previous: definition(3),
    });
    const releases = [release(1), release(2), release(3, { state: 'rolled-back' }), back];
    const target = rollbackTarget(releases, definition(2), undefined);
    expect(target).toEqual({ nothing: expect.stringContaining('name it with --to') });
    expect(rollbackTarget(releases, definition(2), 1)).toEqual({ to: release(1) });
  });

  it('changes nothing after a release that was rolled back by itself', () => {
    const failed = release(3, { state: 'rolled-back', step: 'verify rollback', previous: definition(2) });
    expect(rollbackTarget([release(1), release(2), failed], definition(2), undefined)).toHaveProperty(
      'nothing',
    );
  });

  it('goes on with one that was left half-way', () => {
    const half = release(4, { kind: 'rollback', state: 'unfinished', taskDefinition: definition(2) });
    expect(rollbackTarget([...three, half], definition(2), undefined)).toEqual({ to: release(2) });
  });

  it('is tried again after it failed', () => {
    const failed = release(4, { kind: 'rollback', state: 'failed', taskDefinition: definition(2) });
    expect(rollbackTarget([...three, failed], definition(3), undefined)).toEqual({ to: release(2) });
  });

  it('goes to what is named, whatever became of it', () => {
    const releases = [release(1), release(2, { state: 'rolled-back' }), release(3)];
    expect(rollbackTarget(releases, definition(3), 2)).toMatchObject({ to: { revision: 2 } });
    expect(rollbackTarget(releases, definition(3), 3)).toEqual({
      nothing: 'Revision 3 (1.3.0) runs already.',
    });
    expect(rollbackTarget(releases, definition(3), 9)).toEqual({ unknown: 'No release has the revision 9.' });
  });

  it('has nowhere to go from the first release', () => {
    expect(rollbackTarget([release(1)], definition(1), undefined)).toHaveProperty('unknown');
    expect(rollbackTarget([], definition(1), undefined)).toHaveProperty('unknown');
  });
});

describe('a release that fails', () => {
  it('goes back to what ran before', () => {
    expect(fallback(three, definition(3))).toBe(definition(3));
    expect(fallback(three, definition(77))).toBe(definition(77));
  });

  it('goes back further where that was never verified', () => {
    const left = release(4, { state: 'unfinished', previous: definition(3) });
    expect(fallback([...three, left], definition(4))).toBe(definition(3));
    expect(fallback([...three, { ...left, previous: undefined }], definition(4))).toBe(definition(3));
    expect(fallback([{ ...left, previous: undefined }], definition(4))).toBe(definition(4));
  });
});
