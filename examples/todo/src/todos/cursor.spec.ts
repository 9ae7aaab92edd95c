import { uuidV7 } from '../common/uuid-v7';
import { decodeCursor, encodeCursor } from './cursor';

describe('cursor', () => {
  it('comes back as it went', () => {
    const id = uuidV7();
    expect(encodeCursor(id)).toMatch(/^[\w-]{22}$/);
    expect(decodeCursor(encodeCursor(id))).toBe(id);
  });

  it.each(['', 'x', '='.repeat(22), 'A'.repeat(22), 'A'.repeat(23), "' OR 1=1 --"])(
    'refuses %j',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow('not one that this service gave out');
    },
  );
});
