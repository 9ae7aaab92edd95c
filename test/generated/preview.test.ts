import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { lookAt, type Look } from './preview/browser.mjs';
import { NUMBERS } from './preview/charts.mjs';
import { preview } from './preview/preview.mjs';
import { node24Environment, renderInstalled, runNpm } from './support/example.ts';

describe('the dashboards, drawn from what a running service says of itself', () => {
  let dashboards: Awaited<ReturnType<typeof preview>>;
  let look: Look;

  beforeAll(async () => {
    const parent = temporary();
    const project = await renderInstalled(parent);
    const built = await runNpm(['run', 'build'], project);
    if (built.status !== 0) throw new Error(built.output);
    const file = join(parent, 'dashboards.html');
    dashboards = await preview({ project, env: await node24Environment(), file });
    look = await lookAt(file, { executable: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
  });

  it('are drawn in a browser without an error', () => {
    expect(look.errors).toEqual([]);
    expect(dashboards.length).toBeGreaterThan(5);
  });

  it('have no panel that lies on another', () => {
    expect(look.overlaps).toEqual([]);
  });

  it('show something in every panel', () => {
    const panels = dashboards.flatMap(({ uid, panels: all }) => all.map((panel) => ({ uid, ...panel })));
    const asked = panels.filter(({ type, absent }) => !absent && !['row', 'text'].includes(type));
    expect(asked.length).toBeGreaterThan(30);
    expect(
      asked.filter(({ lines }) => lines.length === 0).map(({ uid, title }) => `${uid}: ${title}`),
    ).toEqual([]);
    const charts = asked.filter(({ type }) => !NUMBERS.has(type)).map(({ uid, id }) => `${uid}-${id}`);
    expect(charts.filter((id) => !((look.drawn[id] ?? 0) > 0))).toEqual([]);
  });
});
