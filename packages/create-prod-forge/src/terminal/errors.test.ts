import { InputError } from '../engine/errors.ts';
import { describeFailure, failureToJson, formatFailure } from './errors.ts';
import { Interrupted } from './interrupt.ts';
import { createStyle } from './style.ts';

const plain = createStyle({}, {});
const error = new InputError({
  code: 'some-code',
  what: 'It is wrong.',
  remedy: 'Correct it.',
  details: ['here', 'there'],
});

test('an explained error is what is wrong, what to do and the details', () => {
  expect(formatFailure(describeFailure(error), plain)).toBe(
    'error: It is wrong.\n       Correct it.\n         here\n         there\n',
  );
});

test('the JSON form has the same, with the code and the exit status', () => {
  expect(failureToJson(describeFailure(error))).toEqual({
    error: {
      code: 'some-code',
      what: 'It is wrong.',
      remedy: 'Correct it.',
      details: ['here', 'there'],
      exitStatus: 2,
    },
  });
});

test('an interruption has the exit status of its signal', () => {
  expect(describeFailure(new Interrupted())).toMatchObject({ code: 'interrupted', exitStatus: 130 });
  expect(describeFailure(new Interrupted('SIGTERM'))).toMatchObject({ exitStatus: 143 });
});

test.each([[new TypeError('odd')], ['odd'], [undefined], [null]])(
  '%p, which nobody expected, ends with status 1',
  (thrown) => {
    const failure = describeFailure(thrown);
    expect(failure).toMatchObject({ code: 'unexpected', exitStatus: 1 });
    expect(failure.details?.[0]).toContain(thrown instanceof Error ? 'TypeError: odd' : String(thrown));
  },
);
