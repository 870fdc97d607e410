/** While a person is on the page nobody finishes the task for them. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, manualClock } from '../../src/index.js';
import VISIT_SCRIPT from '../../src/pages/browser/visit.ts?script';
import { open, pageUrl, post } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { getStatus, openTask } from '../support/tasks.js';

const status = async (mock: CloudauthMock) => (await getStatus(mock, 'RPBasic')).json.Data.StatusCode;

/** What the page's own beacon would send. */
async function leave(mock: CloudauthMock, shown: { text: string }): Promise<number> {
  const path = /data-leave="([^"]+)"/.exec(shown.text)![1]!.replaceAll('&amp;', '&');
  return (await post(mock, String(new URL(path, 'https://h5.m.taobao.com/user_verify/cloudauth.html')))).status;
}

test('while the page is open the simulated person leaves the task alone', async () => {
  await using mock = createCloudauthMock();
  await open(mock, await pageUrl(mock));
  expect([await status(mock), await status(mock)]).toEqual([-1, -1]);
});

test('once the page was left, the simulated person finishes', async () => {
  await using mock = createCloudauthMock();
  const shown = await open(mock, await pageUrl(mock));
  const before = await status(mock);
  const left = await leave(mock, shown);
  expect([before, left, await status(mock)]).toEqual([-1, 204, 1]);
});

test.each([
  ['first', 0],
  ['second', 1],
])('of two windows the %s one was left: the other is open still', async (_which, index) => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock);
  const windows = [await open(mock, url), await open(mock, url)];
  await leave(mock, windows[index]!);
  expect(await status(mock)).toBe(-1);
});

/** What the open page asks every two seconds. */
async function next(mock: CloudauthMock, shown: { text: string }, base: string, hidden = '') {
  const path = /data-ask="([^"]+)"/.exec(shown.text)![1]!.replaceAll('&amp;', '&') + hidden;
  const answer = await open(mock, String(new URL(path, base)));
  return [answer.status, answer.text];
}

describe('a page that has fallen silent', () => {
  const base = 'https://h5.m.taobao.com/user_verify/cloudauth.html';
  const ask = (mock: CloudauthMock, shown: { text: string }, hidden = '') => next(mock, shown, base, hidden);
  function started() {
    const clock = manualClock('2026-01-01T00:00:00Z');
    return { clock, mock: createCloudauthMock({ clock, signature: 'off' }) };
  }
  async function asked(hidden = '') {
    const { mock, clock } = started();
    const url = await pageUrl(mock);
    const shown = await open(mock, url);
    await ask(mock, shown, hidden);
    return { mock, clock, shown, url };
  }

  test.each([
    ['seen', '', '9s', -1],
    ['seen', '', '10s', 1],
    ['hidden, where browsers let it ask once a minute', '&hidden', '89s', -1],
    ['hidden', '&hidden', '90s', 1],
  ])('%s%s, for %s: GetStatus answers %i', async (_what, hidden, silence, expected) => {
    const { mock, clock } = await asked(hidden);
    await using _ = mock;
    clock.advance(silence);
    expect(await status(mock)).toBe(expected);
  });

  test('is open again when it asks again, and nobody has finished meanwhile', async () => {
    const { mock, clock, shown } = await asked();
    await using _ = mock;
    clock.advance('5m');
    const answer = await ask(mock, shown);
    expect([answer, await status(mock)]).toEqual([[204, ''], -1]);
  });

  test('is told when somebody has', async () => {
    const { mock, clock, shown } = await asked();
    await using _ = mock;
    clock.advance('5m');
    await status(mock);
    expect(await ask(mock, shown)).toEqual([200, expect.stringMatching(/^result.html/)]);
  });

  test('is not shown as open by the control side', async () => {
    const { mock, clock } = await asked();
    await using _ = mock;
    const before = (await mock.verifications.list())[0]?.pageOpen;
    clock.advance('10s');
    expect([before, (await mock.verifications.list())[0]?.pageOpen]).toEqual([true, undefined]);
  });

  test('is one window: another one that asks holds the task', async () => {
    const { mock, clock, url } = await asked();
    await using _ = mock;
    clock.advance('8s');
    await ask(mock, await open(mock, url));
    clock.advance('8s');
    expect(await status(mock)).toBe(-1);
  });

  test.each<[string, (mock: CloudauthMock) => Promise<unknown>]>([
    ['advanced by twenty minutes', (mock) => mock.clock.advance('20m')],
    ['frozen', (mock) => mock.clock.freeze()],
  ])('a business clock that was %s changes nothing: the browser lives by the wall clock', async (_how, move) => {
    const { mock, clock } = await asked();
    await using _ = mock;
    await move(mock);
    clock.advance('9s');
    const before = await status(mock);
    clock.advance('1s');
    expect([before, await status(mock)]).toEqual([-1, 1]);
  });

  test('has no script if it never asked, and holds the task until the token expires', async () => {
    const { mock, clock } = started();
    await using _ = mock;
    await open(mock, await pageUrl(mock));
    clock.advance('29m');
    expect(await status(mock)).toBe(-1);
  });

  test('of SAF lets the simulated person finish as well', async () => {
    const { mock, clock } = started();
    await using _ = mock;
    const session = await startH5(mock);
    await next(mock, await open(mock, session.url), session.url);
    const before = (await queryH5(mock, session)).Code;
    clock.advance('10s');
    expect([before, (await queryH5(mock, session)).Code]).toEqual([300, 200]);
  });
});

const MERCHANT = { successRedirect: 'http://localhost/ok?a=1', failRedirect: 'http://localhost/no' };

describe('an open page asks whether it has been ended', () => {
  test.each<[string, (mock: CloudauthMock) => Promise<unknown>, Record<string, string>, unknown[]]>([
    ['nothing happened', async () => {}, MERCHANT, [204, '']],
    ['it was passed', (mock) => mock.verifications.pass('ticket'), MERCHANT, [200, MERCHANT.successRedirect]],
    ['it was failed', (mock) => mock.verifications.fail('ticket'), MERCHANT, [200, MERCHANT.failRedirect]],
    [
      'it was left',
      (mock) => mock.verifications.quit('ticket'),
      MERCHANT,
      [200, expect.stringMatching(/^result.html/)],
    ],
    [
      'it was passed, nobody waits',
      (mock) => mock.verifications.pass('ticket'),
      {},
      [200, expect.stringMatching(/^result/)],
    ],
    ['it was ended', (mock) => mock.verifications.expire('ticket'), MERCHANT, [410, '']],
    ['its time was over', (mock) => mock.clock.advance('31m'), MERCHANT, [410, '']],
    ['all was forgotten', (mock) => mock.reset(), MERCHANT, [410, '']],
  ])('%s', async (_what, act, append, expected) => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const url = await pageUrl(mock, append);
    const shown = await open(mock, url);
    await act(mock);
    expect(await next(mock, shown, url)).toEqual(expected);
  });

  test('a failed task that is tried again stays until it is ended again', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const url = await pageUrl(mock, MERCHANT);
    await mock.verifications.fail('ticket');
    await mock.clock.advance('1s');
    const shown = await open(mock, url);
    const before = await next(mock, shown, url);
    await mock.verifications.fail('ticket');
    expect([before, await next(mock, shown, url)]).toEqual([
      [204, ''],
      [200, MERCHANT.failRedirect],
    ]);
  });
});

test('after 30 s of device mode the open page still holds', async () => {
  await using mock = createCloudauthMock({ device: 'after:30s' });
  const shown = await open(mock, await pageUrl(mock));
  await mock.clock.advance('1m');
  const before = await status(mock);
  await leave(mock, shown);
  expect([before, await status(mock)]).toEqual([-1, 1]);
});

test('a fresh token, whose page nobody opened, brings the simulated person back', async () => {
  await using mock = createCloudauthMock();
  await open(mock, await pageUrl(mock));
  await openTask(mock, 'RPBasic');
  expect(await status(mock)).toBe(1);
});

test('what is only refused on the page opens nothing', async () => {
  await using mock = createCloudauthMock();
  await open(mock, await pageUrl(mock, { auto: 'nonsense' }));
  expect(await status(mock)).toBe(1);
});

test('an explicit conclusion goes before the open page', async () => {
  await using mock = createCloudauthMock();
  await open(mock, await pageUrl(mock));
  await mock.verifications.fail('ticket');
  expect(await status(mock)).toBe(2);
});

test('a scenario goes before the open page', async () => {
  await using mock = createCloudauthMock();
  await mock.scenarios.add({ rules: [{ on: 'cloudauth/*/GetStatus', then: { outcome: 'fail' } }] });
  await open(mock, await pageUrl(mock));
  expect(await status(mock)).toBe(2);
});

test('a magic value waits for the open page, as the simulated person does', async () => {
  await using mock = createCloudauthMock();
  const shown = await open(mock, await pageUrl(mock, {}, { Binding: '{"Name":"测试不通过"}' }));
  const before = await status(mock);
  await leave(mock, shown);
  expect([before, await status(mock)]).toEqual([-1, 2]);
});

test('who quit on the page is not replaced by the simulated person', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock);
  await open(mock, url);
  await post(mock, url, { end: 'quit' });
  expect(await status(mock)).toBe(-1);
});

test('who quit and comes back with a fresh token is one the simulated person acts for', async () => {
  await using mock = createCloudauthMock();
  await post(mock, await pageUrl(mock), { end: 'quit' });
  const left = await status(mock);
  await openTask(mock, 'RPBasic');
  const [{ left: mark } = {}] = await mock.verifications.list();
  expect([left, mark, await status(mock)]).toEqual([-1, undefined, 1]);
});

test('leaving what nobody knows is no error', async () => {
  await using mock = createCloudauthMock();
  const { status } = await post(mock, 'https://h5.m.taobao.com/user_verify/leave?subject=none&visit=none');
  expect(status).toBe(204);
});

describe('the script of an open page', () => {
  /** A page whose server gives these answers, one a tick, and the last one ever after. @returns where it went */
  function shown(...answers: [status: number, text?: string][]) {
    const went: string[] = [];
    const heard: Record<string, (event: object) => void> = {};
    let tick = async () => {};
    runInNewContext(VISIT_SCRIPT, {
      document: { querySelector: () => ({ dataset: { leave: '../leave', ask: 'next' } }) },
      addEventListener: (name: string, listener: (event: object) => void) => {
        heard[name] = listener;
      },
      navigator: { sendBeacon() {} },
      location: { href: 'http://emulator/page', replace: (address: string) => went.push(address) },
      fetch: async () => {
        const [status, text = ''] = answers.length > 1 ? answers.shift()! : answers[0]!;
        return { status, text: async () => text };
      },
      setInterval: (run: typeof tick) => {
        tick = run;
      },
    });
    return {
      went,
      fire: (name: string, event = {}) => heard[name]!(event),
      async ticks(count: number) {
        for (let n = 0; n < count; n++) await tick();
      },
    };
  }

  test('stays while the verification is open', async () => {
    const page = shown([204]);
    await page.ticks(5);
    expect(page.went).toEqual([]);
  });

  test.each<[string, [number, string?], string]>([
    ['to where the person goes', [200, 'http://merchant/ok'], 'http://merchant/ok'],
    ['to itself, which has something else to say', [410], 'http://emulator/page'],
  ])('goes %s, once: the merchant may take its time', async (_where, answer, address) => {
    const page = shown([204], answer);
    await page.ticks(9);
    expect(page.went).toEqual([address]);
  });

  test('leaves a form that was sent to its own answer', async () => {
    const page = shown([200, 'http://merchant/ok']);
    page.fire('submit');
    await page.ticks(9);
    expect(page.went).toEqual([]);
  });

  test('survives a server that is away for a while', async () => {
    const page = shown([500], [503], [204]);
    await page.ticks(5);
    expect(page.went).toEqual([]);
  });

  test('is fetched anew when the browser takes it out of its cache', () => {
    const page = shown([204]);
    page.fire('pageshow', { persisted: false });
    page.fire('pageshow', { persisted: true });
    expect(page.went).toEqual(['http://emulator/page']);
  });
});
