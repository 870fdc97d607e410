/** Whatever a client, a rule or a file chose is shown as text: each field that is shown, in each place that shows it, with the policy out of the way. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { onPage, openBrowser } from '../support/browser.js';
import { call, cloudauth2017 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { WIDE } from '../support/console.js';
import { certifyId } from '../support/face.js';
import { open, pageUrl } from '../support/h5.js';
import { oss, stsOf } from '../support/oss.js';
import { receiver } from '../support/receiver.js';
import { startH5 } from '../support/saf.js';
import { getStatus, openTask } from '../support/tasks.js';

/** No page of ours has an element that begins so, nor a picture where nobody asks for a QR code. */
const tag = (field: string) => `<x-${field}>`;
const hostile = (field: string) => `"'>${tag(field)}<img src=x onerror="window.hit=1">{{7*7}}`;
const SCRIPT = 'javascript:window.hit=1//';

const ACCOUNT = `LTAImock"'>${tag('account')}<svg/onload=window.hit=1>`;

let browser: Browser;
let mock: CloudauthMock;
const closing: AsyncDisposable[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  const server = await receiver();
  const folder = await scratch();
  const file = join(folder.path, `${hostile('file')}.yaml`);
  await writeFile(file, 'rules: [{ on: GetMaterials, times: 1, then: { fail: Throttling } }]');
  mock = createCloudauthMock({
    ...{ port: 0, device: 'manual', scenes: 'any', scenario: [file] },
    people: [{ name: hostile('person'), outcome: 'quit' }],
  });
  closing.push(mock, server, folder);
  await mock.listen();

  const params = { Biz: hostile('biz'), TicketId: hostile('ticket'), [hostile('parameter')]: hostile('value') };
  const headers = { 'user-agent': hostile('agent'), [`x-${'a'.repeat(40)}`]: SCRIPT };
  await call(mock, cloudauth2017('GetVerifyToken', params), { headers });
  await mock.verifications.fail(hostile('ticket'), hostile('reason'));
  await call(mock, { Version: hostile('version'), Action: hostile('action') });
  await call(mock, cloudauth2017('GetStatus', params), { secret: 'wrong' });
  await call(mock, cloudauth2017('GetStatus', params), { accessKeyId: hostile('key') });
  await call(mock, { ...cloudauth2017('GetStatus', params), Signature: hostile('signature') });
  await startH5(mock, { name: hostile('name'), bizId: hostile('order'), returnUrl: SCRIPT });
  for (const CallbackUrl of [`${server.url}?${hostile('callback')}`, SCRIPT])
    await certifyId(mock, { CallbackUrl, OuterOrderNo: hostile('outer') }).then(
      async (id) => id && mock.verifications.pass(id),
      () => {},
    );
  await mock.snapshots.save('before');
  const sts = await stsOf(mock, 'pictured');
  await oss(mock, sts, 'PUT', `${sts.path}${hostile('object').replaceAll('/', '')}`, {
    body: 'x',
    headers: { 'content-type': hostile('type') },
  });
  await open(mock, await pageUrl(mock, {}, { TicketId: 'seen', Binding: JSON.stringify({ Name: hostile('name') }) }));
  await openTask(mock, 'RPBasic', 'order-1', {}, { accessKeyId: ACCOUNT });
  await mock.scenarios.add({
    rules: [
      {
        on: 'GetStatus',
        when: { params: { TicketId: hostile('wanted') } },
        then: { outcome: `fail:${hostile('outcome')}` },
      },
    ],
  });
  await getStatus(mock, 'RPBasic', hostile('asked'));
});
afterAll(async () => {
  await browser?.close();
  for (const each of closing) await each[Symbol.asyncDispose]();
});

/** All that is to be seen there, and what has come of it that is no text. */
async function look(page: Page, texts: string[]): Promise<void> {
  texts.push(await page.evaluate(() => document.body.innerText));
  const alive = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const addresses = all.flatMap((one) =>
      ['href', 'src', 'action', 'formaction'].map((name) => one.getAttribute(name)),
    );
    return {
      hit: (globalThis as { hit?: number }).hit,
      elements: all.map(({ localName }) => localName).filter((name) => name.startsWith('x-') || name === 'img'),
      handlers: all.filter((one) => one.getAttributeNames().some((name) => name.startsWith('on'))).length,
      addresses: addresses.filter((address) => /^\s*javascript:/i.test(address ?? '')),
    };
  });
  expect(alive).toEqual({ hit: undefined, elements: [], handlers: 0, addresses: [] });
}

async function live(page: Page, texts: string[]): Promise<void> {
  const rows = page.locator('.row');
  await rows.first().waitFor();
  for (const row of await rows.all()) {
    await row.click();
    await page.locator('aside dl').first().waitFor();
    await look(page, texts);
  }
}

async function verifications(page: Page, texts: string[]): Promise<void> {
  const rows = page.locator('.which');
  await rows.first().waitFor();
  for (let at = 0; at < (await rows.count()); at++) {
    await rows.nth(at).click();
    await page.locator('.timeline').waitFor();
    await look(page, texts);
  }
}

async function scenarios(page: Page, texts: string[]): Promise<void> {
  await page.locator('.miss').first().waitFor();
  await look(page, texts);
  await page.getByRole('button', { name: 'Edit: scenario-' }).click();
  await page.getByLabel('Text of the rules').fill(`rules: [{ on: '${tag('on')}' }]\n? ${tag('yaml')}\n: 1`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.problems li').first().waitFor();
}

async function state(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compare: before' }).click();
  await page.getByRole('region', { name: 'What differs' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'LTAImock' }).first().waitFor();
}

const AT = '/_mock/console?lang=en';
const OTHER = `&account=${encodeURIComponent(ACCOUNT)}`;

test.each<[place: string, address: string, shown: string[], visit?: (page: Page, texts: string[]) => Promise<void>]>([
  [
    'the events, and each of them beside',
    `${AT}#live`,
    [
      ...['biz', 'ticket', 'parameter', 'value', 'agent', 'version', 'action', 'key', 'outer', 'order'],
      ...['reason', 'callback', 'asked', 'wanted', 'outcome'],
    ],
    live,
  ],
  [
    'the verifications, and each with its timeline',
    `${AT}#verifications`,
    ['ticket', 'reason', 'object'],
    verifications,
  ],
  ['the rules in force', `${AT}#fail`, ['wanted', 'outcome']],
  [
    'the rules, why one never fired, and what is wrong in a text',
    `${AT}#scenarios`,
    ['wanted', 'asked', 'outcome', 'file', 'on', 'yaml'],
    scenarios,
  ],
  ['the people', `${AT}#catalogue`, ['person'], (page) => page.locator('main').getByText('x-person').first().waitFor()],
  ['the coverage', `${AT}${OTHER}#coverage`, ['account'], (page) => page.locator('.outcomes').first().waitFor()],
  ['the state, and what differs in it', `${AT}#state`, ['account', 'object'], state],
  ['the state of an account', `${AT}${OTHER}#state`, ['account']],
  ['how it is called', `${AT}${OTHER}#connect`, ['account'], (page) => page.locator('.snippet').waitFor()],
  ['the phone', '/_mock/phone?plain&lang=en', ['ticket', 'account']],
  ['the phone of an account', `/_mock/phone?plain&lang=en${OTHER}`, ['account']],
  ['the page of coverage', `/_mock/coverage?format=html${OTHER}`, ['account']],
])('%s', async (_place, address, shown, visit) => {
  const texts: string[] = [];
  await onPage(
    browser,
    async (page) => {
      await page.goto(mock.url + address);
      if (address.startsWith(AT)) await page.locator('.pill.connected').waitFor();
      await page.waitForLoadState('networkidle').catch(() => {});
      await visit?.(page, texts);
      await look(page, texts);
    },
    { ...WIDE, bypassCSP: true },
  );
  // what is not there proves nothing
  const all = texts.join('\n');
  expect(shown.filter((field) => !all.includes(tag(field)))).toEqual([]);
});

test.each(['account', 'lang', 'id', 'end'])(
  'the parameter %s of an address, in the console and on the phone',
  async (name) => {
    await onPage(
      browser,
      async (page) => {
        for (const path of ['/_mock/console?', '/_mock/phone?plain&']) {
          await page.goto(`${mock.url}${path}${new URLSearchParams({ [name]: hostile('address') })}`);
          await page.waitForLoadState('networkidle').catch(() => {});
          await look(page, []);
        }
      },
      { ...WIDE, bypassCSP: true },
    );
  },
);
