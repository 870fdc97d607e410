/** Chromium with a camera that shows a test pattern: one per test file, a fresh context per page. */

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../.ci/browser.mjs';

/** A host that leads here without looking like this machine: no secure context, as a phone on the network sees it. */
export const LAN_HOST = 'lan.test';

/** @param args further switches of Chromium */
export const openBrowser = (...args: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser(),
    args: [
      '--no-sandbox',
      // containers give /dev/shm 64 MB
      '--disable-dev-shm-usage',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--host-resolver-rules=MAP ${LAN_HOST} 127.0.0.1`,
      ...args,
    ],
  });

/** Runs `visit` on a page of its own and closes the page's context whatever happens. */
export async function onPage<T>(
  browser: Browser,
  visit: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', ...options });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}
