import { ProblemException } from '../problem/problem';
import { entityTag, isNamedByIfNoneMatch, versionsOfIfMatch } from './entity-tag';

describe('entity tags', () => {
  it.each([
    ['*', undefined],
    [entityTag(3), [3]],
    ['"3", "4"', [3, 4]],
    ['W/"3"', []],
    ['"of another service"'.replaceAll(' ', '-'), []],
    ['""', []],
    ['"with,comma" ,"3"', [3]],
  ])('If-Match: %s accepts %j', (header, versions) => {
    expect(versionsOfIfMatch(header)).toEqual(versions);
  });

  it.each([
    ['*', true],
    ['"3"', true],
    ['W/"3"', true],
    ['"2", "3"', true],
    ['"2"', false],
  ])('If-None-Match: %s names version 3: %j', (header, named) => {
    expect(isNamedByIfNoneMatch(header, 3)).toBe(named);
  });

  it.each(['', '3', '"3', '"3" "4"', '"3",', 'w/"3"'])('refuses %j', (header) => {
    expect(() => versionsOfIfMatch(header)).toThrow(ProblemException);
    expect(() => isNamedByIfNoneMatch(header, 3)).toThrow(ProblemException);
  });
});
