import { fingerprintOf } from './once';

describe('fingerprintOf', () => {
  it('does not depend on the order of fields', () => {
    expect(fingerprintOf('create', { a: 1, b: [2] })).toBe(fingerprintOf('create', { b: [2], a: 1 }));
  });

  it.each([
    ['another value', 'create', { a: 2, b: [2] }],
    ['another field', 'create', { a: 1 }],
    ['another operation', 'update', { a: 1, b: [2] }],
  ])('depends on %s', (_, operation, body) => {
    expect(fingerprintOf(operation, body)).not.toBe(fingerprintOf('create', { a: 1, b: [2] }));
  });
});
