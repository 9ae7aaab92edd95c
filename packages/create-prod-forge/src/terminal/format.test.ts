import { formatBytes, formatColumns, formatDuration, truncate, widthOf, wrap } from './format.ts';
import { createStyle } from './style.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1234, '1.2 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [12_345_678, '12.3 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0.4, '0 ms'],
  [340, '340 ms'],
  [999.6, '1.0 s'],
  [4200, '4.2 s'],
  [59_949, '59.9 s'],
  [59_951, '1 min 0 s'],
  [65_000, '1 min 5 s'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('columns are aligned by what is seen, and the second is wrapped', () => {
  const { cyan } = createStyle({}, { FORCE_COLOR: '1' });
  expect(
    formatColumns(
      [
        [cyan('--yes'), 'take the defaults'],
        ['--no-install', 'do not install the dependencies of the project'],
      ],
      { width: 40 },
    ),
  ).toBe(
    `  ${cyan('--yes')}         take the defaults\n  --no-install  do not install the\n                dependencies of the\n                project`,
  );
});

test('columns without rows are empty', () => {
  expect(formatColumns([])).toBe('');
});

test('a word that is too long gets a line of its own', () => {
  expect(wrap('a bbbbbbbbbb c', 4)).toEqual(['a', 'bbbbbbbbbb', 'c']);
});

test('what is cut ends with an ellipsis', () => {
  expect([truncate('abcdef', 6), truncate('abcdef', 4), truncate('abcdef', 0)]).toEqual([
    'abcdef',
    'abc…',
    '…',
  ]);
});

test('the width is that of the terminal within reason', () => {
  expect([{}, { columns: 10 }, { columns: 100 }, { columns: 500 }].map(widthOf)).toEqual([80, 40, 100, 120]);
});
