import { createStyle } from './style.ts';

const RED = '\u001b[31mtext\u001b[39m';

test.each([
  ['a terminal', { isTTY: true }, {}, RED],
  ['a pipe', {}, {}, 'text'],
  ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, 'text'],
  ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, RED],
  ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, 'text'],
  ['a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, RED],
  ['a pipe with an empty FORCE_COLOR', {}, { FORCE_COLOR: '' }, RED],
  ['a terminal with FORCE_COLOR=0', { isTTY: true }, { FORCE_COLOR: '0' }, 'text'],
  ['a pipe with both', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, RED],
])('%s', (_where, stream, env, expected) => {
  expect(createStyle(stream, env).red('text')).toBe(expected);
});
