import fc from 'fast-check';
import { startApp, type TestApp } from './support/app';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { HeaderIdentityResolver } from './support/header-identity-resolver';

const WORD_CHARACTER = /[\p{Alphabetic}\p{M}\p{N}\p{Cf}\p{Co}]/u;

describe.each([
  ['the locale of the server', ''],
  ['no locale', `TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'`],
])('the search in a database with %s', (_, options) => {
  let service: TestApp;
  let user = 0;
  const newClient = () => new Client(service.url, { 'x-test-user': `user-${(user += 1)}` });

  beforeAll(async () => {
    const settings = { DATABASE_URL: await createDatabase(options) };
    service = await startApp(settings, HeaderIdentityResolver);
  });

  afterAll(async () => {
    await service.close();
  });

  /** Whether it finds a todo. */
  async function finds(q: string, title: string, description?: string): Promise<boolean> {
    const client = newClient();
    expect(await client.post('/v1/todos', { title, description })).toMatchObject({ status: 201 });
    const { status, body } = await client.get(`/v1/todos?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    return body.items.length === 1;
  }

  it.each([
    '2024-01-15',
    'user@example.com',
    'https://example.com/path/page',
    '/usr/local/bin',
    '3.14',
    'v1.2.3',
    '-5 degrees',
    '1e5 + 2e-3',
    'R&D &amp; <b>bold</b>',
    "don't \\ : * ( | !",
    'İstanbul',
    'ΟΔΟΣ',
    'Straße',
    'Ärger',
    'हिन्दी सीखना',
    '٣ كتب',
    '買牛奶',
  ])('finds %j by its own text', async (text) => {
    expect(await finds(text, text)).toBe(true);
  });

  it.each([
    ['MIL', 'Buy milk'],
    ['milk buy', 'Buy milk'],
    ['milk milk', 'Buy milk'],
    ['15', '2024-01-15'],
    ['example.com', 'user@example.com'],
    ['path', 'https://example.com/path/page'],
    ['5', '-5 degrees'],
    ['ärger', 'Ärger vermeiden'],
    ['A\u0308rger', 'Ärger vermeiden'],
    ['istanbul', 'İstanbul'],
    ['İSTANBUL', 'istanbul'],
    ['οδος', 'ΟΔΟΣ'],
    ['ΟΔΟΣ', 'οδος'],
    ['हिन्दी', 'हिन्दी सीखना'],
  ])('finds by %j the todo %j', async (q, title) => {
    expect(await finds(q, title)).toBe(true);
  });

  it('finds in descriptions, and by words of which one is in the title', async () => {
    expect(await finds('bottles milk', 'Buy milk', 'two bottles')).toBe(true);
  });

  it('finds by the beginning of a word that is too long to be kept', async () => {
    expect(await finds('ä'.repeat(200), 'a', 'ä'.repeat(2000))).toBe(true);
  });

  it.each([
    ['ilk', 'Buy milk'],
    ['milk bread', 'Buy milk'],
    ["' | ! & :*", 'Buy milk'],
    ['milk | bread', 'Buy milk'],
  ])('does not find by %j the todo %j', async (q, title) => {
    expect(await finds(q, title)).toBe(false);
  });

  it('finds any text of few words by itself', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    const texts = fc
      .array(word, { minLength: 1, maxLength: 6 })
      .map((words) => words.join(' ').trim())
      .filter((text) => Array.from(text).length <= 200 && wordsIn(text) > 0 && wordsIn(text) <= 8);
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await finds(text, text)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('splits words where the bound on their number does', async () => {
    const known = await query<{ character: string }>(
      service.databaseUrl,
      `SELECT chr(code) AS character FROM generate_series(1, 1114111) AS code
       WHERE code NOT BETWEEN 55296 AND 57343 AND unicode_assigned(chr(code))`,
    );
    const characters = known.map(({ character }) => character);
    const inWords = characters.filter((character) => WORD_CHARACTER.test(character));
    const between = characters.filter((character) => !WORD_CHARACTER.test(character));
    const texts = [
      ...between.map((character) => `a${character}b`),
      ...chunks(inWords, 100).map((chunk) => chunk.join('')),
    ];
    const counts = await query<{ count: number; text: string }>(
      service.databaseUrl,
      'SELECT text, cardinality(search_words(text)) AS count FROM unnest($1::text[]) AS text',
      [texts],
    );
    const wrong = counts.filter(({ count }, index) => count !== (index < between.length ? 2 : 1));
    expect(wrong).toEqual([]);
  });
});

/** As many as the database finds: it composes characters first. */
function wordsIn(text: string): number {
  return text.normalize().match(new RegExp(`${WORD_CHARACTER.source}+`, 'gu'))?.length ?? 0;
}

function chunks(values: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
