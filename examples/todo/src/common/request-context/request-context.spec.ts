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

  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
  const SPAN = '00f067aa0ba902b7';

  it.each([`00-${TRACE}-${SPAN}-01`, `01-${TRACE}-${SPAN}-01`, `01-${TRACE}-${SPAN}-01-later`])(
    'takes the trace id of %j',
    (traceparent) => {
      expect(new RequestContext({ traceparent }).traceId).toBe(TRACE);
    },
  );

  it.each([
    'nonsense',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-later`,
    `01-${TRACE}-${SPAN}-01later`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    // What Node makes of two headers.
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  ])('ignores the traceparent %j', (traceparent) => {
    expect(new RequestContext({ traceparent }).traceId).toBeUndefined();
  });
});
