/** What holds of every page people see, in both languages: axe finds nothing serious, and it fits phone, tablet and screen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { onPage } from './browser.js';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page whose policy is bypassed. */
export async function audit(page: Page): Promise<unknown[]> {
  await page.addScriptTag({ content: axe });
  const { violations } = (await page.evaluate('axe.run()')) as { violations: Violation[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes[0]?.html]);
}

/** @param browser as it is once the tests run */
export function describePages(
  browser: () => Browser,
  pages: readonly (readonly [name: string, address: () => Promise<string>])[],
): void {
  const cases = pages.flatMap(([name, address]) =>
    (['zh', 'en'] as const).map((lang) => [name, lang, address] as const),
  );
  describe.each(cases)('%s in %s', (_name, lang, address) => {
    const open = async (page: Page) => {
      const url = new URL(await address());
      url.searchParams.set('lang', lang);
      await page.goto(String(url));
    };

    test('axe finds nothing serious, in light and in dark', async () => {
      const serious = await onPage(
        browser(),
        async (page) => {
          await open(page);
          const light = await audit(page);
          await page.emulateMedia({ colorScheme: 'dark' });
          return [...light, ...(await audit(page))];
        },
        { bypassCSP: true, colorScheme: 'light' },
      );
      expect(serious).toEqual([]);
    });

    test('it fits 360, 768 and 1280 px', async () => {
      const widths = await onPage(browser(), async (page) => {
        await open(page);
        const seen: number[] = [];
        for (const width of [360, 768, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          seen.push(await page.evaluate(() => document.documentElement.scrollWidth));
        }
        return seen;
      });
      expect(widths).toEqual([360, 768, 1280]);
    });
  });
}
