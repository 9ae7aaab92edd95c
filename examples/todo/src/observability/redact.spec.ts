import { PassThrough } from 'node:stream';
import { redact } from './redact';
import { redactText } from './redact-text';

describe('redact', () => {
  it('hides fields with telling names at any depth', () => {
    const input = {
      user: { name: 'a', Password: 'x', items: [{ apiKey: 'x', accessToken: 'x' }] },
      cookie: ['x'],
    };
    expect(redact(input)).toEqual({
      user: {
        name: 'a',
        Password: '[redacted]',
        items: [{ apiKey: '[redacted]', accessToken: '[redacted]' }],
      },
      cookie: '[redacted]',
    });
  });

  it.each([
    ['postgres://app:x@db/todo', 'postgres://app:[redacted]@db/todo'],
    ['GET /a?b=1&access_token=x&c=2', 'GET /a?b=1&access_token=[redacted]&c=2'],
    ['token=x&b=1', 'token=[redacted]&b=1'],
    ['host=db password=x', 'host=db password=[redacted]'],
    ['Bearer abc.def-ghi', 'Bearer [redacted]'],
    ['GET /\r\nAuthorization: Digest x\r\nHost: y', 'GET /\r\nAuthorization: [redacted]\r\nHost: y'],
    ['set-cookie: id=x; Path=/', 'set-cookie: [redacted]'],
    ['{"a":1,"dbPassword": "x\\"y","b":2}', '{"a":1,"dbPassword": "[redacted]","b":2}'],
    ['in JSON at "password": x', 'in JSON at "password": "[redacted]"'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'got [redacted]'],
    ['Unexpected token: x', 'Unexpected token: x'],
    ['see basic usage', 'see basic usage'],
    ['nothing to hide', 'nothing to hide'],
  ])('hides secrets within %j', (text, expected) => {
    expect(redact(text)).toBe(expected);
    expect(redact(new Error(text))).toMatchObject({ message: expected });
  });

  it.each([
    ...[
      '?key',
      '&keykey',
      '?pass',
      'a://',
      'a://b:c@',
      'a.b-c+',
      'bearer ',
      'basic x ',
      'a',
      ' ',
      ' key',
      '=',
    ],
    ...[
      '"token":',
      '"token":"',
      '"key',
      '"token" : "\\"',
      'cookie:',
      'x-key-token:',
      'x-',
      'eyJaaaaaaaa',
      'eyJaaaaaaaa.',
    ],
  ])('takes no longer for a hostile text of %j again and again', (part) => {
    const text = `@=: eyJ${part.repeat(Math.ceil(16_000 / part.length))}`;
    const start = performance.now();
    redactText(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('leaves what a driver puts on its errors out', () => {
    const error = Object.assign(new Error('failed'), {
      code: '23505',
      parameters: ['private'],
      query: 'INSERT',
    });
    expect(redact(error)).toEqual({
      type: 'Error',
      message: 'failed',
      code: '23505',
      stack: expect.any(String) as string,
    });
  });

  class Account {
    readonly name = 'a';
    readonly password = 'x';
    greet() {
      return this.name;
    }
  }

  it.each<[string, unknown, unknown]>([
    ['a buffer', { file: Buffer.from('private') }, { file: '[7 bytes]' }],
    ['a typed array', { a: new Uint16Array(2), b: new ArrayBuffer(3) }, { a: '[4 bytes]', b: '[3 bytes]' }],
    [
      'a map',
      new Map<unknown, unknown>([
        ['token', 'x'],
        ['a', 1],
      ]),
      [
        ['token', '[redacted]'],
        ['a', 1],
      ],
    ],
    ['a set', new Set(['a', { token: 'x' }]), ['a', { token: '[redacted]' }]],
    [
      'a URL',
      { to: new URL('https://u:x@a.b/?token=x') },
      { to: 'https://u:[redacted]@a.b/?token=[redacted]' },
    ],
    ['the query of a URL', new URLSearchParams({ token: 'x', a: '1' }), 'token=[redacted]&a=1'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['what says itself how it is written', { toJSON: () => ({ token: 'x' }) }, { token: '[redacted]' }],
    ['an instance of a class', new Account(), { name: 'a', password: '[redacted]' }],
    ['what has no prototype', Object.assign(Object.create(null), { token: 'x' }), { token: '[redacted]' }],
    ['a name that means a prototype', JSON.parse('{"__proto__":{"a":1},"b":1}'), { b: 1 }],
    ['a large number', { a: 1n }, { a: '1' }],
    ['what JSON lacks', { a: () => 1, b: Symbol('x'), c: [undefined] }, { c: [undefined] }],
    ['a stream', { socket: new PassThrough() }, { socket: '[PassThrough]' }],
    [
      'a pair of name and value',
      [
        ['Authorization', 'x'],
        ['accept', 'y'],
      ],
      [
        ['Authorization', '[redacted]'],
        ['accept', 'y'],
      ],
    ],
    [
      'raw headers',
      ['Host', 'h', 'Cookie', 'x', 'Set-Cookie', 'cookie', 'x-api-key', 'x', 'A', 'b'],
      ['Host', 'h', 'Cookie', '[redacted]', 'Set-Cookie', '[redacted]', 'x-api-key', '[redacted]', 'A', 'b'],
    ],
    [
      'headers',
      { 'set-cookie': ['x', 'y'], 'X-Session-Id': 'x' },
      { 'set-cookie': '[redacted]', 'X-Session-Id': '[redacted]' },
    ],
    [
      'names of secrets',
      ['CreateTokens1760000000000', 'CreateTodos1760000000001', 'c'],
      ['CreateTokens1760000000000', 'CreateTodos1760000000001', 'c'],
    ],
  ])('copies %s', (_, value, expected) => {
    expect(redact(value)).toEqual(expected);
  });

  it('survives what throws when it is read', () => {
    const fail = () => {
      throw new Error('no');
    };
    expect(redact(Object.defineProperty({ a: 1 }, 'b', { get: fail, enumerable: true }))).toEqual({
      a: 1,
      b: '[unreadable]',
    });
    expect(redact({ a: { toJSON: fail } })).toEqual({ a: '[unreadable]' });
    expect(redact([new Proxy({}, { ownKeys: fail })])).toEqual(['[unreadable]']);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(redact(proxy)).toBe('[unreadable]');
    expect(redact(Object.defineProperty(new Error(), 'message', { get: fail }))).toMatchObject({
      message: '[unreadable]',
    });
  });

  it('ends where values are endless', () => {
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(redact(endless)).toEqual({ self: '[circular]' });
    const deep = {
      get deeper() {
        return deep;
      },
    };
    const ever = () => ({
      get next() {
        return ever();
      },
    });
    expect(JSON.stringify(redact([deep, ever()]))).toContain('[too deep]');
    const twice = { a: 1 };
    expect(redact([twice, twice])).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it.each<[string, () => unknown]>([
    ['text', () => 'x'.repeat(1_000_000)],
    ['list', () => Array.from({ length: 100_000 })],
    ['list of texts', () => Array.from({ length: 1000 }, () => 'x'.repeat(1000))],
    ['object', () => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [index, index]))],
    ['list of errors', () => Array.from({ length: 1000 }, () => new Error('x'.repeat(1000)))],
  ])('cuts a large %s', (_, value) => {
    const text = JSON.stringify(redact({ value: value() }));
    expect(text.length).toBeLessThan(200_000);
    expect(text).toMatch(/\[truncated\]|characters more/);
  });
});
