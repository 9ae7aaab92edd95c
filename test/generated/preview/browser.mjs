/// <reference lib="dom" />
/** Looks at a page with a real browser. */
import { chromium } from 'playwright-core';

/**
 * @typedef {object} Look
 * @property {string[]} errors Of the page's scripts.
 * @property {Record<string, number>} drawn How many paths each chart consists of, by the id of its element.
 * @property {[string, string][]} overlaps Titles of panels that lie on one another.
 */

/**
 * @param {string} file The page.
 * @param {{ executable: string, screenshot?: (section: string) => string }} options Where the picture of each section goes.
 * @returns {Promise<Look>}
 */
export async function lookAt(file, { executable, screenshot }) {
  const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(`file://${file}`);
    const { drawn, overlaps } = await page.evaluate(() => {
      const charts = [...document.querySelectorAll('.chart')];
      const panels = [...document.querySelectorAll('article')].map((element) => ({
        title: element.querySelector('h2')?.textContent ?? '',
        box: element.getBoundingClientRect(),
      }));
      return {
        drawn: Object.fromEntries(
          charts.map((chart) => [chart.id, chart.querySelectorAll('svg path').length]),
        ),
        overlaps: panels.flatMap((one, index) =>
          panels
            .slice(index + 1)
            .filter(
              ({ box }) =>
                box.left < one.box.right - 1 &&
                one.box.left < box.right - 1 &&
                box.top < one.box.bottom - 1 &&
                one.box.top < box.bottom - 1,
            )
            .map(({ title }) => /** @type {[string, string]} */ ([one.title, title])),
        ),
      };
    });
    if (screenshot)
      for (const section of await page.locator('section').all()) {
        const id = (await section.getAttribute('id')) ?? '';
        await section.screenshot({ path: screenshot(id) });
      }
    return { errors, drawn, overlaps };
  } finally {
    await browser.close();
  }
}
