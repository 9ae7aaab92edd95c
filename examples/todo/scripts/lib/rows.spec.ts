import { changesBetween, goneBetween, intendedChangesIn, type Rows } from './rows.mjs';

const rows = (count: number, columns: Record<string, string>, table = 'todos'): Rows =>
  new Map([[table, { count, columns: new Map(Object.entries(columns)) }]]);

describe('what became of rows', () => {
  it.each([
    ['nothing', rows(2, { title: 'a' }), []],
    ['a new column', rows(2, { title: 'a', priority: 'b' }), []],
    ['fewer rows', rows(1, { title: 'b' }), ['todos has 1 rows, and had 2.']],
    ['more rows', rows(3, { title: 'b' }), ['todos has 3 rows, and had 2.']],
    ['other values', rows(2, { title: 'b' }), ['todos.title has other values.']],
  ])('is found: %s', (_, after, problems) => {
    expect(changesBetween(rows(2, { title: 'a' }), after).map(({ problem }) => problem)).toEqual(problems);
  });

  it.each([
    ['todos.title', rows(2, { name: 'a' })],
    ['todos', rows(2, { title: 'a' }, 'tasks')],
  ])('is told where %s is gone, which need not be wrong', (gone, after) => {
    expect(goneBetween(rows(2, { title: 'a' }), after)).toEqual([gone]);
    expect(changesBetween(rows(2, { title: 'a' }), after)).toEqual([]);
  });

  it('may be meant, with a reason', () => {
    const statements = [
      '-- changes todos.title: shouted\n-- changes tags:\n-- changes nothing\nUPDATE todos SET title = upper(title)',
    ];
    expect(intendedChangesIn(statements)).toEqual([['todos.title', 'shouted']]);
  });
});
