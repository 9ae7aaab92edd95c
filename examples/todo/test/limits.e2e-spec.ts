import { RESPONSE_HEADERS } from '../src/common/http/response-headers';
import { startApp, type TestApp } from './support/app';
import { Client } from './support/client';

const ALLOWED = 'https://app.example.com';

describe('behind one trusted proxy', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startApp({
      RATE_LIMIT_REQUESTS: '3',
      RATE_LIMIT_WINDOW_SECONDS: '60',
      TRUSTED_PROXIES: '1',
      CORS_ORIGINS: `${ALLOWED}, https://other.example.com`,
    });
  });

  afterAll(async () => {
    await service.close();
  });

  const from = (forwardedFor: string) => new Client(service.url, { 'x-forwarded-for': forwardedFor });

  it('limits each client by itself', async () => {
    const client = from('198.51.100.1');
    const statuses = [];
    for (let request = 0; request < 4; request += 1) statuses.push((await client.get('/version')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await client.get('/version');
    expect(refused).toMatchObject({ status: 429, type: 'application/problem+json' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-limit')).toBe('3');
    expect(await from('198.51.100.2').get('/version')).toMatchObject({ status: 200 });
  });

  it('believes only the last hop: a client can not choose its address', async () => {
    const statuses = [];
    for (let request = 0; request < 4; request += 1) {
      statuses.push((await from(`203.0.113.${request}, 198.51.100.3`).get('/version')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('counts an IPv6 network as one client', async () => {
    const statuses = [];
    for (let request = 0; request < 4; request += 1) {
      statuses.push((await from(`2001:db8:1:2::${request}`).get('/version')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('never limits probes and metrics', async () => {
    for (let request = 0; request < 10; request += 1) {
      expect((await fetch(`${service.managementUrl}/health/ready`)).status).toBe(200);
      expect((await fetch(`${service.managementUrl}/metrics`)).status).toBe(200);
    }
  });

  it.each([
    [ALLOWED, ALLOWED],
    ['https://evil.example.com', null],
  ])('answers a page of %s with the allowed origin %s', async (origin, allowed) => {
    const { headers } = await from('198.51.100.4').get('/version', { origin });
    expect(headers.get('access-control-allow-origin')).toBe(allowed);
  });

  it('lets such a page read every documented header that browsers would keep from it', async () => {
    const { headers } = await from('198.51.100.6').get('/version', { origin: ALLOWED });
    const exposed = headers.get('access-control-expose-headers')?.split(/, */).toSorted();
    const documented = Object.keys(RESPONSE_HEADERS).map((name) => name.toLowerCase());
    // This one no browser keeps from anybody.
    expect(exposed).toEqual(documented.filter((name) => name !== 'cache-control').toSorted());
  });

  it.each([
    ['https', 'max-age=31536000'],
    ['http', null],
  ])('tells a browser that came through %s to come through TLS: %s', async (protocol, expected) => {
    const { headers } = await from('198.51.100.5').get('/version', { 'x-forwarded-proto': protocol });
    expect(headers.get('strict-transport-security')).toBe(expected);
  });
});

describe('without a proxy', () => {
  it('nobody is believed who says that TLS ended elsewhere', async () => {
    const service = await startApp({ TRUSTED_PROXIES: '0' });
    const { headers } = await new Client(service.url).get('/version', { 'x-forwarded-proto': 'https' });
    expect(headers.get('strict-transport-security')).toBeNull();
    await service.close();
  });
});
