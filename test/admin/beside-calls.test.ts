/** What the journal tells beside the calls: what people do on pages, and what was kept out before it was a call. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockEvent, manualClock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { certifyUrl } from '../support/face.js';
import { open, pageUrl, post } from '../support/h5.js';
import { safUrl, startH5 } from '../support/saf.js';

/** All that is kept. */
async function told(mock: CloudauthMock, account?: string): Promise<MockEvent[]> {
  const stop = new AbortController();
  const events: MockEvent[] = [];
  // one more call, so that the last of them is known
  await call(mock, cloudauth2017('GetStatus', { TicketId: 'last' }), { accessKeyId: account });
  for await (const event of mock.events({ signal: stop.signal, account })) {
    if (event.kind === 'call' && event.call.subject === 'last') break;
    events.push(event);
  }
  return events;
}

const steps = async (mock: CloudauthMock, account?: string) =>
  (await told(mock, account)).flatMap((event) => (event.kind === 'page' ? `${event.page.step} ${event.page.id}` : []));

const refusals = async (mock: CloudauthMock) =>
  (await told(mock)).flatMap((event) => (event.kind === 'refused' ? event.refused : []));

const PERSON = 'text/html';

describe('a person’s steps on a page', () => {
  test('of Cloudauth: opened, agreed, seen', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const url = await pageUrl(mock);
    await open(mock, url);
    await post(mock, url);
    await open(mock, url.replace('cloudauth.html', 'result.html'));
    expect(await steps(mock)).toEqual(['opened ticket', 'agreed ticket', 'result ticket']);
  });

  test('of SAF: opened, and how it ended seen', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { zimId } = await startH5(mock);
    await open(mock, safUrl(mock, zimId));
    await open(mock, `${safUrl(mock, zimId)}&auto=pass`);
    await open(mock, safUrl(mock, zimId));
    expect((await steps(mock)).map((step) => step.split(' ')[0])).toEqual(['opened', 'result']);
  });

  test('of CertifyUrl: not where a program fetches it', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const url = await certifyUrl(mock);
    await mock.fetch(new Request(url));
    await mock.fetch(new Request(url, { headers: { accept: PERSON } }));
    await mock.fetch(new Request(`${url}&step=capture`, { headers: { accept: PERSON } }));
    expect((await steps(mock)).map((step) => step.split(' ')[0])).toEqual(['opened', 'agreed']);
  });
});

/** Sends what is no HTTP and waits until the emulator has hung up. */
async function garbage(mock: CloudauthMock): Promise<void> {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  socket.resume().on('error', () => {});
  socket.end('GARBAGE\r\n\r\n');
  await once(socket, 'close');
}

describe('what was kept out', () => {
  test('what is no HTTP is told to account default, in both languages', async () => {
    await using mock = await createCloudauthMock({ port: 0 }).listen();
    await garbage(mock);
    expect(await refusals(mock)).toEqual([{ why: expect.stringMatching(/^refused what is no HTTP request/) }]);
    const chinese = await (await fetch(`${mock.url}/_mock/events?only=kept&lang=zh`)).text();
    expect(chinese).toMatch(/已拒绝非 HTTP 请求/);
  });

  test('a web page that may not call', async () => {
    await using mock = await createCloudauthMock({ port: 0 }).listen();
    await fetch(mock.url, { method: 'POST', headers: { origin: 'https://evil.test' } });
    expect(await refusals(mock)).toEqual([{ why: expect.stringContaining('A web page of https://evil.test') }]);
  });

  test('of a flood twenty are listed, and then how many were not', async () => {
    const clock = manualClock(Date.now());
    await using mock = await createCloudauthMock({ port: 0, clock }).listen();
    for (let times = 0; times < 30; times++) await garbage(mock);
    clock.advance('11s');
    await garbage(mock);
    const listed = await refusals(mock);
    expect([listed.length, listed.at(-1)!.more]).toEqual([21, 10]);
  });

  test('a flood of TLS leaves the calls in the journal', async () => {
    await using mock = await createCloudauthMock({ port: 0, journal: 30 }).listen();
    await call(mock, cloudauth2017('GetStatus', { TicketId: 'first' }));
    for (let times = 0; times < 40; times++) {
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
      socket.resume().on('error', () => {});
      socket.end(Buffer.from('160301020001000200', 'hex'));
      await once(socket, 'close');
    }
    const entries = await mock.requests();
    expect([entries.length, entries[0]!.subject]).toEqual([21, 'first']);
  });
});
