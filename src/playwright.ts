/**
 * For end-to-end tests with Playwright: opens the page a person verifies on, and ends the verification by its “Simulator
 * controls”, in the window or in whatever frames it. Of Playwright it takes the page it is given, and loads nothing.
 */
import { isVendorHost } from './gateway/urls.js';
import { InputError } from './platform/input-error.js';
import { orAll } from './platform/nearest.js';
import { type End, isEnd } from './verification/outcome.js';

interface LocatorLike {
  locator(selector: string): LocatorLike;
  first(): LocatorLike;
  all(): Promise<LocatorLike[]>;
  getAttribute(name: string): Promise<string | null>;
  click(): Promise<void>;
  waitFor(options: { state: 'attached' | 'detached'; timeout?: number }): Promise<void>;
}

interface FrameLike {
  locator(selector: string): LocatorLike;
}

/** What is needed of the `Page` of `@playwright/test`, `playwright` or `playwright-core`. */
export interface PageLike {
  goto(url: string): Promise<unknown>;
  url(): string;
  frames(): FrameLike[];
  on(event: 'frameattached', listener: (frame: FrameLike) => void): unknown;
  off(event: 'frameattached', listener: (frame: FrameLike) => void): unknown;
}

const PATIENCE_MS = 10_000;

/** @param url CloudauthPageUrl, CertifyUrl or TransactionUrl, as the answer had it. @throws InputError when no browser could open it */
export async function openVerification(page: Pick<PageLike, 'goto'>, url: string): Promise<void> {
  const { host } = new URL(url);
  if (isVendorHost(host))
    throw new InputError(`${host} is the vendor's own: an emulator that listens hands out addresses that lead to it`);
  await page.goto(url);
}

/**
 * Presses what a tester would press, and waits until the page has moved on: to its result, or where it was told to lead.
 * @param outcome one of `pass`, `fail`, `quit`, `expire`; with a reason of the product `fail:Z1146`, `fail:204`, `fail:blurred`
 * @param options `timeout`: how long the page is waited for, in ms
 */
export async function endVerification(
  page: Omit<PageLike, 'goto'>,
  outcome: End | `fail:${string}`,
  { timeout = PATIENCE_MS }: { readonly timeout?: number } = {},
): Promise<void> {
  const frame = await frameToEnd(page, timeout);
  const panel = panelOf(frame);
  const buttons = await panel.locator('button[name=end]').all();
  const words = await Promise.all(buttons.map(async (button) => (await button.getAttribute('value')) ?? ''));
  // behind the pass the usual failure stands first
  const button = buttons[outcome === 'fail' ? 1 : words.indexOf(outcome.replace(/^fail:/, ''))];
  if (!button) {
    const all = words.map((word) => (isEnd(word) ? word : `fail:${word}`));
    throw new InputError(`this page cannot end with '${outcome}'${orAll(outcome, ['fail', ...all])}`);
  }
  await panel.locator('summary').click();
  await button.click();
  await panel.waitFor({ state: 'detached', timeout }).catch((error) => {
    // a merchant takes the frame away as soon as it is told
    if (page.frames().includes(frame)) throw error;
  });
}

const panelOf = (frame: FrameLike): LocatorLike => frame.locator('details.tester').first();

/** The first that shows a verification, which may yet be loading, or be framed later. */
async function frameToEnd(page: Omit<PageLike, 'goto'>, timeout: number): Promise<FrameLike> {
  const { promise, resolve, reject } = withResolvers<FrameLike>();
  const look = (frame: FrameLike) =>
    panelOf(frame)
      .waitFor({ state: 'attached', timeout })
      .then(() => resolve(frame));
  const attached = (frame: FrameLike) => void look(frame).catch(() => {});
  page.on('frameattached', attached);
  Promise.all(page.frames().map((frame) => look(frame))).catch(() =>
    reject(new Error(`no verification that can be ended was shown within ${timeout} ms, at ${page.url()}`)),
  );
  return promise.finally(() => page.off('frameattached', attached));
}

/** As Promise.withResolvers, which Node 20 has not. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}
