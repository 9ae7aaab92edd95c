import { RequestContext } from './request-context';

const UUID = /^[\da-f-]{36}$/;

describe('RequestContext', () => {
  it.each(['12345678', 'a.b_c-d.1', 'x'.repeat(64)])('takes the request id %j', (id) => {
    expect(new RequestContext({ 'x-request-id': id }).requestId).toBe(id);
  });

  it.each([undefined, 'short', 'x'.repeat(65), 'new\nline-new', 'ümlaut-ümlaut'])(
    'replaces the request id %j',
    (id) => {
      expect(new RequestContext(id === undefined ? {} : { 'x-request-id': id }).requestId).toMatch(UUID);
    },
  );

  it('takes the trace id of a valid traceparent only', () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceOf = (traceparent: string) => new RequestContext({ traceparent }).traceId;
    expect(traceOf(`00-${id}-00f067aa0ba902b7-01`)).toBe(id);
    expect(traceOf(`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`)).toBeUndefined();
    expect(traceOf(`00-${id.toUpperCase()}-00f067aa0ba902b7-01`)).toBeUndefined();
    expect(traceOf('nonsense')).toBeUndefined();
  });
});
