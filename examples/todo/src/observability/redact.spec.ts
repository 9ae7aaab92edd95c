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
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [redacted]'],
    ['see basic usage', 'see basic usage'],
    ['nothing to hide', 'nothing to hide'],
  ])('hides secrets within %j', (text, expected) => {
    expect(redact(text)).toBe(expected);
    expect(redact(new Error(text))).toMatchObject({ message: expected });
  });

  it.each(['?key', '&keykey', '?pass', 'a://', 'a://b:c', 'a.b-c+', 'bearer ', 'basic x ', 'a', ' '])(
    'takes no longer for a hostile text of %j again and again',
    (part) => {
      const text = part.repeat(Math.ceil(100_000 / part.length));
      const start = performance.now();
      redactText(text);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );

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

  it('ends where objects are endless', () => {
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(JSON.stringify(redact(endless))).toContain('[too deep]');
  });
});
