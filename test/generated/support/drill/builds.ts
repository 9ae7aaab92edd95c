import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../../../support/temporary.ts';
import { runNpm } from '../example.ts';

/** Where a version of the service was built, and the newest migration that it knows. */
export interface Build {
  readonly folder: string;
  readonly schema: string;
}

/** Builds a rendered project where it is. */
export async function buildOf(folder: string): Promise<Build> {
  const { status, output } = await runNpm(['run', 'build'], folder);
  if (status !== 0) throw new Error(output);
  const list = readFileSync(join(folder, 'src', 'database', 'migrations', 'index.ts'), 'utf8');
  const schema = [...list.matchAll(/\w+\d{13}/g)].at(-1)?.[0];
  if (schema === undefined) throw new Error('the service has no migration');
  return { folder, schema };
}

/** The next version of the service: with a migration more, made as its developers make one. */
export async function withMigration({ folder }: Build, name: string, statement: string): Promise<Build> {
  const copy = copyOf(folder);
  const { status, output } = await runNpm(['run', 'migration:create', '--', name], copy);
  if (status !== 0) throw new Error(output);
  const [file = ''] = /src\S+\.ts/.exec(output) ?? [];
  replaceIn(join(copy, file), /``/, `\`${statement}\``);
  return buildOf(copy);
}

/** The same version, with a defect in what was built. */
export function spoiled({ folder, schema }: Build, file: string, pattern: RegExp, defect: string): Build {
  const copy = copyOf(folder);
  replaceIn(join(copy, file), pattern, defect);
  return { folder: copy, schema };
}

function copyOf(folder: string): string {
  const copy = join(temporary(), 'service');
  const isOwn = (path: string): boolean => !/node_modules|\.data/.test(path.slice(folder.length));
  cpSync(folder, copy, { recursive: true, filter: isOwn });
  symlinkSync(join(folder, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function replaceIn(file: string, pattern: RegExp, by: string): void {
  const text = readFileSync(file, 'utf8');
  const replaced = text.replace(pattern, by);
  if (replaced === text) throw new Error(`there is nothing like ${pattern} in ${file}`);
  writeFileSync(file, replaced);
}
