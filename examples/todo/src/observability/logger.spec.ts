import type { Logger } from 'pino';
import { createLogger } from './logger';

const SECRET = 'planted-5ecr3t';

/** What a call writes. */
function lineOf(log: (logger: Logger) => void): string {
  let written = '';
  log(createLogger({ write: (text) => (written += text) }));
  return written;
}

describe('the logger', () => {
  const leaking = new Error(`connect postgres://todo:${SECRET}@db/todo`);
  const calls: [string, (logger: Logger) => void][] = [
    [
      'an error',
      (logger) => {
        logger.error(leaking);
      },
    ],
    [
      'an error as a field',
      (logger) => {
        logger.error({ err: leaking });
      },
    ],
    [
      'the cause of an error',
      (logger) => {
        logger.error(new Error('failed', { cause: leaking }));
      },
    ],
    [
      'a message',
      (logger) => {
        logger.info(`Bearer ${SECRET}`);
      },
    ],
    [
      'a value in a message',
      (logger) => {
        logger.info('for %j', { password: SECRET });
      },
    ],
    [
      'a field at any depth',
      (logger) => {
        logger.info({ a: [{ token: SECRET }] }, 'hello');
      },
    ],
  ];

  it.each(calls)('writes no secret of %s', (_, log) => {
    const line = lineOf(log);
    expect(line).not.toContain(SECRET);
    expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) as string });
  });

  it('takes the message of an error where there is no other', () => {
    expect(
      JSON.parse(
        lineOf((logger) => {
          logger.error(new Error('no'));
        }),
      ),
    ).toMatchObject({
      msg: 'no',
      err: { type: 'Error', message: 'no' },
    });
  });
});
