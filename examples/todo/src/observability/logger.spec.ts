import { PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { createLogger } from './logger';

const SECRET = 'planted-5ecr3t';

/** What a call with these arguments writes, which has to be one line without the secret. */
function lineOf(args: readonly unknown[], derive = (logger: Logger) => logger): Record<string, unknown> {
  let written = '';
  const logger = derive(createLogger({ write: (text) => (written += text) }));
  logger.info(...(args as [string]));
  expect(written.match(/\n/g)).toHaveLength(1);
  expect(written).not.toContain(SECRET);
  return JSON.parse(written) as Record<string, unknown>;
}

const fail = () => {
  throw new Error('no');
};

describe('the logger', () => {
  const leaking = new Error(`connect postgres://todo:${SECRET}@db/todo`);

  it.each<[string, unknown[]]>([
    ['an error', [leaking]],
    ['an error as a field', [{ err: leaking }]],
    ['the cause of an error', [new Error('failed', { cause: leaking })]],
    ['what was thrown and is no error', [{ err: `token=${SECRET}` }]],
    ['a message', [`Bearer ${SECRET}`]],
    ['a value in a message', ['for %j', { password: SECRET }]],
    ['a message with its value', ['Authorization: Bearer %s', SECRET]],
    ['a message that is no text', [{}, { password: SECRET }]],
    ['a field at any depth', [{ a: [{ token: SECRET }] }, 'hello']],
    ['bytes', [Buffer.from(SECRET)]],
  ])('writes no secret of %s', (_, args) => {
    expect(lineOf(args)).toMatchObject({ msg: expect.any(String) as string });
  });

  it.each<[string, (logger: Logger) => Logger]>([
    ['a child', (logger) => logger.child({ kept: true, token: SECRET })],
    ['the child of a child', (logger) => logger.child({}).child({ kept: true, a: { token: SECRET } }, {})],
    [
      'a child that learns it later',
      (logger) => {
        const child = logger.child({});
        child.setBindings({ kept: true, token: SECRET });
        return child;
      },
    ],
    [
      'what NestJS assigns to a request',
      (logger) => {
        const nest = new PinoLogger({ pinoHttp: { logger, autoLogging: false } });
        return nest.runInContext(() => {
          nest.assign({ kept: true, token: SECRET });
          return nest.logger;
        });
      },
    ],
  ])('writes no secret among the bindings of %s', (_, derive) => {
    expect(lineOf(['hello'], derive)).toMatchObject({ kept: true, msg: 'hello' });
  });

  const error = { type: 'Error', message: 'no' };

  it.each<[string, unknown[], object]>([
    ['an error', [new Error('no')], { msg: 'no', err: error }],
    ['an error as a field', [{ err: new Error('no') }], { msg: 'no', err: error }],
    ['an error with a message', [{ err: new Error('no') }, 'hello'], { msg: 'hello', err: error }],
    ['a message among the fields', [{ msg: 'hello' }], { msg: 'hello' }],
    ['a message with values', ['%s of %d', 'a', 2], { msg: 'a of 2' }],
    ['a message with a percent sign', ['100 %s'], { msg: '100 %s' }],
    ['a message that is no text', [{ a: 1 }, { b: 2 }], { a: 1, msg: '{"b":2}' }],
    ['fields', [{ a: 1 }], { a: 1, msg: '' }],
    ['what JSON lacks', [{ a: 1n, b: [2n], c: fail }, 'hello'], { a: '1', b: ['2'], msg: 'hello' }],
  ])('takes %s', (_, args, expected) => {
    expect(lineOf(args)).toMatchObject(expected);
  });

  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['undefined', [undefined]],
    ['null', [null]],
    ['a symbol', [Symbol('a')]],
    ['a function', [fail]],
    ['a number', [1]],
    ['a list', [['a']]],
    ['a getter that throws', [Object.defineProperty({}, 'a', { get: fail, enumerable: true })]],
    ['a toJSON that throws', [{ a: { toJSON: fail } }, 'hello']],
    ['a proxy that throws', [new Proxy({}, { ownKeys: fail, get: fail, getPrototypeOf: fail })]],
    ['an error that can not be read', [{ err: Object.defineProperty(new Error(), 'stack', { get: fail }) }]],
    ['something thrown that has no text', [{ err: Object.create(null) as object }, 'hello']],
    ['a value that can not be a number', ['%d', { valueOf: 1, toString: 2 }]],
  ])('writes a line with a message for %s', (_, args) => {
    expect(lineOf(args)).toMatchObject({ msg: expect.any(String) as string });
  });

  it('writes a line where bindings can not be read', () => {
    const unreadable = new Proxy({}, { ownKeys: fail });
    expect(lineOf(['hello'], (logger) => logger.child(unreadable))).toMatchObject({ msg: 'hello' });
  });
});
