import { median, table } from './figures.mjs';

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 100, 2], 3],
  ])('of %j is %d', (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });
});

describe('table', () => {
  it('aligns numbers to the right', () => {
    expect(
      table([
        ['', 'ms'],
        ['read', '1'],
        ['create', '10'],
      ]),
    ).toBe('        ms\nread     1\ncreate  10');
  });
});
