import { readFileSync } from 'node:fs';

/**
 * The rows of the table in a section of a page, each by the names of its columns; without the marks of code.
 *
 * @throws Error where there is no such section.
 */
export function tableIn(path: string, title: string): Readonly<Record<string, string>>[] {
  const [, section] = readFileSync(path, 'utf8').split(`\n## ${title}\n`);
  if (section === undefined) throw new Error(`${path} has no section "${title}"`);
  const [body = ''] = section.split('\n## ');
  const rows = body
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.replaceAll('`', '').trim()));
  const [names = [], ...others] = rows;
  return others.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}
