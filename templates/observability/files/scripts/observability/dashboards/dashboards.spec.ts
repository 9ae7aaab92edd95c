import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, OUTPUT } from '#kit/build';
import type { Dashboard } from '#kit/dashboard';

describe('the dashboards', () => {
  let built: Awaited<ReturnType<typeof buildAll>> = [];
  let dashboards: readonly Dashboard[] = [];

  beforeAll(async () => {
    built = await buildAll();
    dashboards = built.map(({ text }) => JSON.parse(text) as Dashboard);
  });

  it('D7: are what is committed', () => {
    expect(built.length).toBeGreaterThanOrEqual(7);
    for (const { uid, text } of built)
      expect({ uid, text: readFileSync(join(OUTPUT, `${uid}.json`), 'utf8') }).toEqual({ uid, text });
  });

  it('are those that docs/dashboards.md lists, each with the question that it answers', () => {
    const listed = [
      ...readFileSync(join('docs', 'dashboards.md'), 'utf8').matchAll(
        /^\| \[(.+)\]\(\S+\/d\/([\w-]+)\) \| (.+) \| \[\S+\]\((\S+)\) \|$/gm,
      ),
    ].map(([, title, uid, question, source]) => ({ title, uid, question, source }));
    const expected = dashboards.map(({ uid = '', title, description }) => ({
      title,
      uid,
      question: description,
      source: `../scripts/observability/dashboards/${uid}.ts`,
    }));
    const byUid = (one: { uid?: string }, other: { uid?: string }) =>
      String(one.uid).localeCompare(String(other.uid));
    expect(listed.sort(byUid)).toEqual(expected.sort(byUid));
  });

  it('lead from metrics to logs', () => {
    const linked = dashboards.filter((dashboard) => JSON.stringify(dashboard.panels).includes('"/d/logs?'));
    expect(linked.map(({ uid }) => uid)).toEqual(expect.arrayContaining(['requests', 'service']));
  });
});
