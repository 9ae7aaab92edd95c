import { InputError, listProblems } from './errors.ts';
import { quote } from './quote.ts';

const one = new InputError({ code: 'one', what: 'One is wrong.', remedy: 'Correct one.' });
const two = new InputError({ code: 'two', what: 'Two is wrong.', remedy: 'Correct two.' });

test('a single problem stays as it is', () => {
  expect(listProblems([one])).toBe(one);
});

test('several problems are listed with what to do about each', () => {
  expect(listProblems([one, two])).toMatchObject({
    code: 'several-problems',
    exitStatus: 2,
    details: ['One is wrong. Correct one.', 'Two is wrong. Correct two.'],
  });
});

test('what is repeated from the input can not steer the terminal', () => {
  expect(quote('a\u001b[2Jb\u202ec\n')).toBe(String.raw`"a\u{1b}[2Jb\u{202e}c\u{a}"`);
});

test('long input is shortened', () => {
  expect(quote('🚀'.repeat(100))).toBe(`"${'🚀'.repeat(59)}…"`);
});
