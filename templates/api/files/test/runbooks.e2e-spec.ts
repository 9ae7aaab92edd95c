import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, query } from './support/database';

const FOLDER = join('docs', 'runbooks');

/** The statements of a page that need nothing filled in. */
function statementsIn(file: string): string[] {
  const blocks = [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/^ *```sql\n([^]+?)^ *```$/gm)];
  return blocks
    .flatMap(([, sql = '']) => sql.split(/;\s*$/m))
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !/<\w+>/.test(statement));
}

describe('the runbooks', () => {
  const statements = readdirSync(FOLDER).flatMap((file) =>
    statementsIn(file).map((statement) => ({ file, statement })),
  );
  let url: string;

  beforeAll(async () => {
    url = await createDatabase();
  });

  it('have statements', () => {
    expect(statements.length).toBeGreaterThan(5);
  });

  it.each(statements)('$file: $statement', async ({ statement }) => {
    await expect(query(url, statement)).resolves.toBeDefined();
  });
});
