import { InputError } from './errors.ts';
import { closestName, deriveNames } from './names.ts';

const LONG = 'a'.repeat(214);

/** input, what is wrong with it, the closest valid name */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ['', 'name-empty', 'my-api'],
  [' ', 'name-empty', 'my-api'],
  ['\t', 'name-empty', 'my-api'],
  ['@acme/', 'name-empty', 'my-api'],
  ['../x', 'name-is-path', 'x'],
  ['..', 'name-is-path', 'my-api'],
  ['.', 'name-is-path', 'my-api'],
  ['a/../b', 'name-is-path', 'b'],
  ['a/b', 'name-is-path', 'b'],
  ['a\\b', 'name-is-path', 'b'],
  ['/etc/passwd', 'name-is-path', 'passwd'],
  ['C:\\Users\\me\\api', 'name-is-path', 'api'],
  ['./my-api', 'name-is-path', 'my-api'],
  ['my-api/', 'name-is-path', 'my-api'],
  ['@acme/../x', 'name-is-path', 'x'],
  ['@acme/..', 'name-is-path', 'my-api'],
  ['@a/b/c', 'name-is-path', 'c'],
  ['my\0api', 'name-control-characters', 'my-api'],
  ['my\napi', 'name-control-characters', 'my-api'],
  ['my\u001b[31mapi', 'name-control-characters', 'my-31mapi'],
  ['my\u007fapi', 'name-control-characters', 'my-api'],
  ['my\u0085api', 'name-control-characters', 'my-api'],
  ['🚀', 'name-not-ascii', 'my-api'],
  ['my-🚀-api', 'name-not-ascii', 'my-api'],
  ['café', 'name-not-ascii', 'cafe'],
  ['cafe\u0301', 'name-not-ascii', 'cafe'],
  ['naïve Façade', 'name-not-ascii', 'naive-facade'],
  ['сервис', 'name-not-ascii', 'my-api'],
  ['服务-api', 'name-not-ascii', 'api'],
  ['my\u200bapi', 'name-not-ascii', 'my-api'],
  ['my\u202eapi', 'name-not-ascii', 'my-api'],
  ['ｍｙ－ａｐｉ', 'name-not-ascii', 'my-api'],
  ['\ud800', 'name-not-ascii', 'my-api'],
  ['my api', 'name-spaces', 'my-api'],
  [' my-api', 'name-spaces', 'my-api'],
  ['my-api ', 'name-spaces', 'my-api'],
  ['@Acme/My Api', 'name-spaces', '@acme/my-api'],
  ['Bad@@Name!', 'name-characters', 'bad-name'],
  ['a@b', 'name-characters', 'a-b'],
  ['@acme', 'name-characters', 'acme'],
  ['@@acme/x', 'name-characters', '@acme/x'],
  ['my:api', 'name-characters', 'my-api'],
  ['my*api', 'name-characters', 'my-api'],
  ['what?', 'name-characters', 'what'],
  ['"quoted"', 'name-characters', 'quoted'],
  ["it's", 'name-characters', 'it-s'],
  ['$(reboot)', 'name-characters', 'reboot'],
  ['`id`', 'name-characters', 'id'],
  ['a;b', 'name-characters', 'a-b'],
  ['a|b&c', 'name-characters', 'a-b-c'],
  ['a<b>c', 'name-characters', 'a-b-c'],
  ['%2e%2e', 'name-characters', '2e-2e'],
  ['~', 'name-characters', 'my-api'],
  ['~user', 'name-characters', 'user'],
  ['${{ secrets.X }}', 'name-spaces', 'secrets.x'],
  ['{{name}}', 'name-characters', 'name'],
  ['MyApi', 'name-upper-case', 'my-api'],
  ['HTTPServer', 'name-upper-case', 'http-server'],
  ['API', 'name-upper-case', 'api'],
  ['@Acme/api', 'name-upper-case', '@acme/api'],
  ['CON', 'name-upper-case', 'con-api'],
  ['.hidden', 'name-start', 'hidden'],
  ['..hidden', 'name-start', 'hidden'],
  ['_private', 'name-start', 'private'],
  ['-rf', 'name-start', 'rf'],
  ['--help', 'name-start', 'help'],
  ['@acme/.x', 'name-start', '@acme/x'],
  ['@acme/-x', 'name-start', '@acme/x'],
  ['@.acme/x', 'name-start', '@acme/x'],
  ['my-api.', 'name-end', 'my-api'],
  ['my-api...', 'name-end', 'my-api'],
  [`${LONG}a`, 'name-too-long', LONG],
  [`@acme/${LONG}`, 'name-too-long', `@acme/${LONG}`.slice(0, 214)],
  ['con', 'name-reserved-by-windows', 'con-api'],
  ['prn', 'name-reserved-by-windows', 'prn-api'],
  ['aux', 'name-reserved-by-windows', 'aux-api'],
  ['nul', 'name-reserved-by-windows', 'nul-api'],
  ['com1', 'name-reserved-by-windows', 'com1-api'],
  ['lpt9', 'name-reserved-by-windows', 'lpt9-api'],
  ['con.txt', 'name-reserved-by-windows', 'con-txt'],
  ['nul.tar.gz', 'name-reserved-by-windows', 'nul-tar-gz'],
  ['@acme/aux', 'name-reserved-by-windows', '@acme/aux-api'],
  ['http', 'name-of-node-module', 'http-api'],
  ['stream', 'name-of-node-module', 'stream-api'],
  ['node_modules', 'name-reserved-by-npm', 'node_modules-api'],
  ['@acme/node_modules', 'name-reserved-by-npm', '@acme/node_modules-api'],
  ['favicon.ico', 'name-reserved-by-npm', 'favicon-ico'],
];

/** input, slug, database, title */
const ACCEPTED: readonly (readonly [string, string, string, string])[] = [
  ['my-api', 'my-api', 'my_api', 'My Api'],
  ['@acme/my-api', 'my-api', 'my_api', 'My Api'],
  ['todo', 'todo', 'todo', 'Todo'],
  ['my.dotted_name', 'my-dotted-name', 'my_dotted_name', 'My Dotted Name'],
  ['my--api', 'my-api', 'my_api', 'My Api'],
  ['my-api-', 'my-api', 'my_api', 'My Api'],
  ['a', 'app-a', 'a', 'A'],
  ['2fa', 'app-2fa', 'app_2fa', '2fa'],
  ['123', 'app-123', 'app_123', '123'],
  ['aws-sync', 'app-aws-sync', 'aws_sync', 'Aws Sync'],
  ['ssm', 'app-ssm', 'ssm', 'Ssm'],
  ['sg-api', 'app-sg-api', 'sg_api', 'Sg Api'],
  ['internal-api', 'app-internal-api', 'internal_api', 'Internal Api'],
  ['user', 'user', 'app_user', 'User'],
  ['order', 'order', 'app_order', 'Order'],
  ['current-user', 'current-user', 'app_current_user', 'Current User'],
  ['postgres', 'postgres', 'app_postgres', 'Postgres'],
  ['template1', 'template1', 'app_template1', 'Template1'],
  ['pg-proxy', 'pg-proxy', 'app_pg_proxy', 'Pg Proxy'],
  ['admin', 'admin', 'app_admin', 'Admin'],
  ['com10', 'com10', 'com10', 'Com10'],
  ['contact', 'contact', 'contact', 'Contact'],
  [
    'orders-and-invoices-of-the-whole-company-api',
    'orders-and-invoices-of-the-whole-774269',
    'orders_and_invoices_of_the_whole_be8d3e',
    'Orders And Invoices Of The Whole Company Api',
  ],
];

test.each(REFUSED)('%j is refused (%s), and %j suggested', (input, code, suggestion) => {
  const error = refusal(input);
  expect({ code: error.code, suggestion: closestName(input) }).toEqual({ code, suggestion });
  expect(error.what).toMatch(/^".*" can't be the name of a service: .*\.$/u);
  expect(error.what).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(error.remedy).toContain(`"${suggestion}"`);
});

test.each(ACCEPTED)('%j is called %j, %j and %j', (input, slug, database, title) => {
  expect(deriveNames(input)).toEqual({ packageName: input, slug, database, title });
});

test('the longest name is accepted, and its forms are short and distinct', () => {
  const [one, other] = [deriveNames(LONG), deriveNames(`${LONG.slice(1)}b`)];
  expect(one.slug).toHaveLength(40);
  expect(one.database).toHaveLength(40);
  expect(other.slug).not.toBe(one.slug);
  expect(other.database).not.toBe(one.database);
});

test('whatever is typed, the closest name is valid, is its own closest name, and every form of it is usable', () => {
  const alphabet = Array.from('abzAZ09._-@/\\ ~!*$%\0\n\u001béßñ中🚀\u200b').concat(
    'con',
    'aws',
    'http',
    '..',
    'internal-',
    '@a/',
  );
  const next = pseudoRandom(7);
  for (let round = 0; round < 3000; round++) {
    const input = Array.from({ length: next() % 12 }, () => alphabet[next() % alphabet.length]).join('');
    const name = closestName(input);
    const { packageName, slug, database, title } = deriveNames(name);
    expect(closestName(name)).toBe(name);
    expect(packageName).toBe(name);
    expect(slug).toMatch(/^(?!aws|ssm|sg-|internal-)[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(slug.length).toBeGreaterThan(1);
    expect(slug.length).toBeLessThanOrEqual(40);
    expect(database).toMatch(/^(?!pg_|rds_)[a-z][a-z0-9_]{0,39}$/);
    expect(title).toMatch(/^[A-Z0-9]/);
  }
});

function refusal(input: string): InputError {
  try {
    deriveNames(input);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(input)} was accepted.`);
}

/** A linear congruential generator: the same numbers in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
}
