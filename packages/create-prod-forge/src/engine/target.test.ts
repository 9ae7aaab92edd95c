import { InputError } from './errors.ts';
import { parseTarget } from './target.ts';

const HERE = { currentFolder: 'current' };
const WINDOWS = { ...HERE, windows: true };

test.each([
  ['my-api', 'my-api', 'my-api'],
  ['./my-api', 'my-api', 'my-api'],
  ['my-api/', 'my-api', 'my-api'],
  ['my-api///', 'my-api', 'my-api'],
  ['apps/my-api', 'apps/my-api', 'my-api'],
  ['apps//./my-api/.', 'apps/my-api', 'my-api'],
  ['apps\\my-api', 'apps/my-api', 'my-api'],
  ['.\\apps\\my-api\\', 'apps/my-api', 'my-api'],
  ['/srv/my-api', '/srv/my-api', 'my-api'],
  ['//srv/my-api', '/srv/my-api', 'my-api'],
  ['My Projects/my-api', 'My Projects/my-api', 'my-api'],
  ['.', '.', 'current'],
  ['./', '.', 'current'],
  ['@acme/my-api', 'my-api', '@acme/my-api'],
  ['@acme\\my-api', 'my-api', '@acme/my-api'],
  ['./@acme/my-api', '@acme/my-api', 'my-api'],
  ['Bad@@Name!', 'Bad@@Name!', 'Bad@@Name!'],
  ['...', '...', '...'],
])('%j is the folder %j and the name %j', (input, directory, name) => {
  expect(parseTarget(input, HERE)).toEqual({ directory, name });
});

test.each([
  ['C:\\work\\my-api', 'C:/work/my-api', 'my-api'],
  ['c:/work/my-api', 'c:/work/my-api', 'my-api'],
  ['\\work\\my-api', '/work/my-api', 'my-api'],
  ['\\\\server\\share\\my-api', '//server/share/my-api', 'my-api'],
])('on Windows, %j is the folder %j and the name %j', (input, directory, name) => {
  expect(parseTarget(input, WINDOWS)).toEqual({ directory, name });
});

test.each([
  ['', 'directory-empty'],
  ['  ', 'directory-empty'],
  ['..', 'directory-traversal'],
  ['../x', 'directory-traversal'],
  ['..\\x', 'directory-traversal'],
  ['a/../b', 'directory-traversal'],
  ['a/..', 'directory-traversal'],
  ['/srv/../etc/x', 'directory-traversal'],
  ['./../x', 'directory-traversal'],
  ['@acme/..', 'directory-traversal'],
  ['@acme/../x', 'directory-traversal'],
  ['/', 'directory-is-root'],
  ['///', 'directory-is-root'],
  ['~', 'directory-home'],
  ['~/my-api', 'directory-home'],
  ['C:\\work\\my-api', 'directory-colon'],
  ['my-api:stream', 'directory-colon'],
  ['my\0api', 'directory-control-characters'],
  ['my\u001b[2Japi', 'directory-control-characters'],
])('%j is refused: %s', (input, code) => {
  expect(codeOf(() => parseTarget(input, HERE))).toBe(code);
});

test.each([
  ['C:my-api', 'directory-colon'],
  ['C:\\', 'directory-is-root'],
  ['C:\\work\\..\\x', 'directory-traversal'],
  ['\\\\server\\..\\x', 'directory-traversal'],
])('on Windows, %j is refused: %s', (input, code) => {
  expect(codeOf(() => parseTarget(input, WINDOWS))).toBe(code);
});

test('a refusal suggests the last part of the path', () => {
  expect(() => parseTarget('../shop', HERE)).toThrow('such as "shop", or a full path');
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  throw new Error('It was accepted.');
}
