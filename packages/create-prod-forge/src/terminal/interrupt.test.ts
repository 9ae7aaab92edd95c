import { withCleanup } from './interrupt.ts';

test('work that succeeds is not undone', async () => {
  const undone: string[] = [];
  await expect(
    withCleanup(
      () => undone.push('work'),
      () => Promise.resolve(1),
    ),
  ).resolves.toBe(1);
  expect(undone).toEqual([]);
});

test('work that fails is undone once, the innermost first', async () => {
  const undone: string[] = [];
  const before = process.listenerCount('exit');
  const work = withCleanup(
    () => undone.push('outer'),
    () =>
      withCleanup(
        () => undone.push('inner'),
        () => Promise.reject(new Error('odd')),
      ),
  );
  await expect(work).rejects.toThrow('odd');
  expect(undone).toEqual(['inner', 'outer']);
  expect(process.listenerCount('exit')).toBe(before);
});
