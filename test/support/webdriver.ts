/**
 * Browsers by WebDriver, for the two that playwright-core cannot drive as Debian ships them: WebKitGTK has a driver that
 * speaks it over HTTP; Firefox takes the same commands by itself, over a socket, in the framing it calls Marionette.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { findFirefox, findWebKit } from '../../.ci/browser.mjs';
import { freePort } from './raw.js';
import { PATIENCE, type Walker } from './walker.js';

/** By its name in Marionette. In a path of HTTP, `$id` is one of the parameters. */
const PATHS = {
  'WebDriver:Navigate': '/url',
  'WebDriver:ExecuteScript': '/execute/sync',
  'WebDriver:ElementClick': '/element/$id/click',
  'WebDriver:ElementSendKeys': '/element/$id/value',
  'WebDriver:SwitchToFrame': '/frame',
  'WebDriver:SetWindowRect': '/window/rect',
};
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Send = (command: keyof typeof PATHS, params: Record<string, unknown>) => Promise<any>;

/** The standard's name for what stands for an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** Of an element that can be pressed: there, shown, and not disabled. */
const READY = `const found = [...document.querySelectorAll(arguments[0])];
return found.find((each) => !each.disabled && each.getClientRects().length > 0) || null;`;

const patiently = <T>(look: () => Promise<T>, patience = PATIENCE): Promise<T> => vi.waitFor(look, patience);
/** A browser's first start on a busy machine. */
const STARTING = { timeout: 45_000, interval: 100 };

function walker(send: Send, close: () => Promise<void>): Walker {
  const script = (text: string, ...args: unknown[]) => send('WebDriver:ExecuteScript', { script: text, args });
  const ready = (selector: string): Promise<Record<string, string>> =>
    patiently(async () => {
      const found = await script(READY, selector);
      if (!found) throw new Error(`nothing to press: ${selector}, at ${await script('return location.href')}`);
      return found;
    });
  const act = async (command: keyof typeof PATHS, selector: string, params = {}) =>
    void (await send(command, { id: (await ready(selector))[ELEMENT], ...params }));
  return {
    open: async (url) => void (await send('WebDriver:Navigate', { url })),
    press: (selector) => act('WebDriver:ElementClick', selector),
    choose: (selector, file) => act('WebDriver:ElementSendKeys', selector, { text: file }),
    async enter(selector) {
      await send('WebDriver:SwitchToFrame', {
        id: selector === undefined ? null : await ready(selector),
        element: null,
      });
    },
    look: (expression) =>
      patiently(async () => {
        const seen = await script(`return ${expression}`);
        if (!seen) throw new Error(`never true: ${expression}, at ${await script('return location.href')}`);
        return seen;
      }),
    resize: async (width, height) => void (await send('WebDriver:SetWindowRect', { width, height })),
    close,
  };
}

/** @param prefs as about:config has them */
export async function openFirefox(prefs: Record<string, unknown>): Promise<Walker> {
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const lines = Object.entries({ 'marionette.port': 0, ...prefs }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const browser = spawn(findFirefox()!, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    stdio: 'ignore',
  });
  const port = await patiently(
    async () => Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')),
    STARTING,
  );
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map<number, (answer: [error: { message: string } | null, result: unknown]) => void>();
  let received = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.toString('utf8', colon + 1, end));
      received = received.subarray(end);
      // the greeting is no array
      if (Array.isArray(message)) waiting.get(message[1])?.([message[2], message[3]]);
    }
  });
  let last = 0;
  const call = (command: string, params: object) =>
    new Promise((done, fail) => {
      const text = JSON.stringify([0, ++last, command, params]);
      waiting.set(last, ([error, result]) => (error ? fail(new Error(error.message)) : done(result)));
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  await call('WebDriver:NewSession', {});
  const send: Send = async (command, params) => ((await call(command, params)) as { value?: unknown }).value;
  return walker(send, async () => {
    await call('Marionette:Quit', {});
    await gone(browser);
    rmSync(profile, { recursive: true, force: true });
  });
}

/** @param args of MiniBrowser, the browser WebKitGTK brings along */
export async function openWebKit(...args: string[]): Promise<Walker> {
  const { driver, browser, display } = findWebKit()!;
  const screen = spawn(display, ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(screen.stdout, 'data');
  const port = await freePort();
  const DISPLAY = `:${String(number).trim()}`;
  const server = spawn(driver, [`--port=${port}`], { env: { ...process.env, DISPLAY }, stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}/session`;
  const call = async (path: string, params: object, method = 'POST') => {
    const body = method === 'POST' ? JSON.stringify(params) : undefined;
    const { value } = (await (await fetch(base + path, { method, body, headers: { connection: 'close' } })).json()) as {
      value: Record<string, string>;
    };
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const options = { binary: browser, args: ['--automation', ...args] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { sessionId } = await patiently(() => call('', { capabilities }), STARTING);
  const send: Send = (command, params) =>
    call(`/${sessionId}${PATHS[command].replace('$id', String(params.id))}`, params);
  return walker(send, async () => {
    await call(`/${sessionId}`, {}, 'DELETE');
    for (const each of [server, screen]) {
      each.kill();
      await gone(each);
    }
  });
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
