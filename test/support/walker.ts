/** What a person does in a browser, whichever it is. Every verb waits until it can be done. */
import type { FrameLocator, Page } from 'playwright-core';
import { vi } from 'vitest';

export const PATIENCE = { timeout: 15_000, interval: 100 };

export interface Walker {
  open(url: string): Promise<void>;
  press(selector: string): Promise<void>;
  /** @param file a path */
  choose(selector: string, file: string): Promise<void>;
  /** What follows happens in this frame; without a selector in the page again. */
  enter(selector?: string): Promise<void>;
  /** @param expression in the page. @returns its value once it is true */
  look(expression: string): Promise<unknown>;
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

export function chromiumWalker(page: Page): Walker {
  let root: Page | FrameLocator = page;
  const ready = (selector: string) => root.locator(`${selector}:visible`).first();
  return {
    open: async (url) => void (await page.goto(url)),
    press: (selector) => ready(selector).click(),
    choose: (selector, file) => ready(selector).setInputFiles(file),
    async enter(selector) {
      root = selector === undefined ? page : page.frameLocator(selector);
    },
    look: (expression) =>
      vi.waitFor(async () => {
        const seen = await page.evaluate(expression);
        if (!seen) throw new Error(`never true: ${expression}, at ${page.url()}`);
        return seen;
      }, PATIENCE),
    resize: (width, height) => page.setViewportSize({ width, height }),
    close: () => page.context().close(),
  };
}
