import { checkAnswer, type CheckedAnswer } from './contract';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const requestId = 'request-0001';
const VERSION = { version: '1.0.0', commit: 'abc', buildTime: 'unknown', schemaVersion: 'none' };
const PROBLEM = {
  type: 'urn:problem:not-found',
  title: 'Not Found',
  status: 404,
  detail: 'There is none.',
  instance: '/version',
  requestId,
};

function answer(status: number, body: unknown, headers: Record<string, string> = {}): CheckedAnswer {
  const type = body === '' ? '' : status < 400 ? 'application/json' : 'application/problem+json';
  const always = { 'x-request-id': requestId, 'cache-control': 'no-store' };
  return { status, type, body, headers: new Headers({ ...always, ...headers }) };
}

describe('checkAnswer', () => {
  it.each([
    ['GET', '/version?x', answer(200, VERSION)],
    ['GET', '/version', answer(200, VERSION, { 'ratelimit-limit': '600' })],
    ['HEAD', '/version', answer(200, '')],
    ['DELETE', `/v1/todos/${ID}`, answer(204, '')],
    ['GET', '/nope', answer(404, PROBLEM)],
    ['PUT', '/version', answer(405, { ...PROBLEM, status: 405 }, { allow: 'GET, HEAD' })],
    ['OPTIONS', '/version', answer(204, '')],
    ['GET', '/docs', { ...answer(200, '<html>'), type: 'text/html' }],
  ])('accepts what is documented: %s %s', (method, url, given) => {
    expect(() => {
      checkAnswer(method, url, given);
    }).not.toThrow();
  });

  it.each([
    ['a status', answer(404, PROBLEM), 'getVersion has no status 404'],
    ['a field', answer(200, { ...VERSION, secret: 'x' }), 'must NOT have additional properties'],
    [
      'a missing field',
      answer(200, { ...VERSION, commit: undefined }),
      "must have required property 'commit'",
    ],
    ['another type', { ...answer(200, VERSION), type: 'text/plain' }, 'the type is "text/plain"'],
    ['a missing header', { ...answer(200, VERSION), headers: new Headers() }, 'X-Request-Id is missing'],
    ['a header', answer(200, VERSION, { etag: '"1"' }), 'ETag is not documented'],
    [
      'a malformed header',
      answer(200, VERSION, { 'ratelimit-limit': 'many' }),
      'RateLimit-Limit must be integer',
    ],
    [
      'a header of another value',
      answer(200, VERSION, { 'cache-control': 'public' }),
      'Cache-Control must be equal to one of the allowed values',
    ],
    ['an error without Retry-After', answer(503, { ...PROBLEM, status: 503 }), 'Retry-After is missing'],
  ])('refuses %s that is not documented', (_, given, fault) => {
    expect(() => {
      checkAnswer('GET', '/version', given);
    }).toThrow(fault);
  });

  it.each([
    ['a page', answer(200, VERSION), 'there is no such operation'],
    [
      'an error that is no problem details',
      { ...answer(404, 'no'), type: 'text/plain' },
      'the type is text/plain',
    ],
    ['an error of another shape', answer(404, { error: 'no' }), 'must have required property'],
    ['a refused method without Allow', answer(405, { ...PROBLEM, status: 405 }), 'Allow is missing'],
  ])('refuses %s where there is no operation', (_, given, fault) => {
    expect(() => {
      checkAnswer('GET', '/nope', given);
    }).toThrow(fault);
  });
});
