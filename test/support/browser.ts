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

/** Soon enough for the step that hangs to be named, and for a second try, before the test's own time is over. */
const STEP_MS = 10_000;

/**
 * Runs `visit` on a page of its own and closes the page's context whatever happens. Now and then the page
 * waits for ever for a picture of Chromium's fake camera (a suspicion, not proven): then, and only then, it is tried again.
 */
export async function onPage<T>(
  browser: Browser,
  visit: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const once = async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', ...options });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(STEP_MS);
      return await visit(page);
    } finally {
      await context.close();
    }
  };
  try {
    return await once();
  } catch (error) {
    if (!isDarkCamera(error)) throw error;
    process.stderr.write('the fake camera gave no picture; once more\n');
    return once();
  }
}

const isDarkCamera = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError' && /data-shoot|data-state=ready/.test(error.message);
