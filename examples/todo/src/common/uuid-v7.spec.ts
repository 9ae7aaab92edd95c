import { uuidV7 } from './uuid-v7';

/** The ids of a process never go back in time: each test takes a later day, whatever the order of the tests. */
let day = Date.UTC(2100, 0, 1);
const laterDay = () => (day += 86_400_000);

describe('uuidV7', () => {
  it('has the format of RFC 9562 and carries the time', () => {
    const now = laterDay();
    const id = uuidV7(now);
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
  });

  it('sorts in the order of creation, also within a millisecond and when the clock steps back', () => {
    const now = laterDay();
    const ids = Array.from({ length: 10_000 }, (_, index) => uuidV7(now - (index % 3)));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
