import { readFileSync } from 'node:fs';
import { ServiceProcess } from './support/child';
import { createDatabase } from './support/database';

/** What a page loads, except for what it has within itself. */
const REFERENCE = /<(?:script|link|img)\b[^>]*?\b(?:src|href)=["'](?!data:)([^"']+)["']/g;
const INLINE_SCRIPT = /<script(?![^>]*\bsrc=)[^>]*>|\bon\w+=["']|href=["']javascript:/g;

describe('the documentation', () => {
  let service: ServiceProcess;

  beforeAll(async () => {
    service = await ServiceProcess.start({ DATABASE_URL: await createDatabase() });
  });

  afterAll(async () => {
    await service.stop();
  });

  const get = async (path: string) => fetch(new URL(path, service.url));

  it.each(['/docs', '/docs/'])('is a page at %s, all of whose parts are there', async (path) => {
    const page = await get(path);
    expect(page.status).toBe(200);
    const html = await page.text();
    const parts = [...html.matchAll(REFERENCE)].map(([, part = '']) => new URL(part, page.url));
    expect(parts.map(({ pathname }) => pathname)).toEqual(
      expect.arrayContaining([
        '/docs/swagger-ui-bundle.js',
        '/docs/swagger-ui-init.js',
        '/docs/swagger-ui.css',
      ]),
    );
    for (const part of parts) {
      const { status, headers } = await fetch(part);
      expect([part.href, status]).toEqual([part.href, 200]);
      expect(headers.get('content-type')).toMatch(/javascript|css|png/);
    }
  });

  it('does what the Content-Security-Policy allows: scripts and requests of its own origin, and no others', async () => {
    const page = await get('/docs');
    const html = await page.text();
    const policy = policyOf(page.headers.get('content-security-policy') ?? '');
    const origins = [...html.matchAll(REFERENCE)].map(([, part = '']) => new URL(part, page.url).origin);
    expect(new Set(origins)).toEqual(new Set([service.url]));
    expect([...html.matchAll(INLINE_SCRIPT)]).toEqual([]);
    expect(policy['script-src']).toEqual(["'self'"]);
    expect(policy['connect-src'] ?? policy['default-src']).toEqual(["'self'"]);
    // Styles and images are within the page, too.
    expect(policy['style-src']).toEqual(expect.arrayContaining(["'self'", "'unsafe-inline'"]));
    expect(policy['img-src']).toEqual(["'self'", 'data:']);
    // Without TLS there would be nothing to upgrade to.
    expect(policy).not.toHaveProperty('upgrade-insecure-requests');
  });

  it('is made of the committed document', async () => {
    const committed: unknown = JSON.parse(readFileSync('openapi.json', 'utf8'));
    expect(await (await get('/openapi.json')).json()).toEqual(committed);
  });
});

function policyOf(header: string): Readonly<Record<string, readonly string[]>> {
  const directives = header.split(';').map((directive) => directive.trim().split(/\s+/));
  return Object.fromEntries(directives.map(([name = '', ...sources]) => [name, sources]));
}
