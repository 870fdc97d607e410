/** The console in Chromium, on an emulator of its own. */
import type { Browser, Page } from 'playwright-core';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { onPage } from './browser.js';

export type Look = Parameters<typeof onPage>[2];
export const WIDE = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };

export interface Opened {
  /** Of the emulator: which view, which language. */
  readonly path?: string;
  /** What has happened when it is opened. */
  readonly before?: (mock: CloudauthMock) => unknown;
  readonly options?: MockOptions;
  readonly look?: Look;
}

export async function onConsole<T>(
  browser: Browser,
  visit: (page: Page, mock: CloudauthMock) => Promise<T>,
  { path = '/_mock/console', before, options = {}, look = WIDE }: Opened = {},
): Promise<T> {
  await using mock = await createCloudauthMock({ port: 0, device: 'manual', ...options }).listen();
  await before?.(mock);
  return await onPage(
    browser,
    async (page) => {
      await page.goto(mock.url + path);
      await page.locator('.pill.connected').waitFor();
      return visit(page, mock);
    },
    look,
  );
}
