/** A call that was answered is answered once, for as long as its Timestamp would let it in. */
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type CloudauthMock, createCloudauthMock, manualClock } from '../../src/index.js';
import { loadDriver } from '../../src/store/drivers/load.js';
import { cloudauth2017, signedRequest } from '../support/call.js';
import { scratch } from '../support/child.js';
import { acs3Call, rpcCall, type Sent } from '../support/wrong-client.js';

afterEach(() => vi.restoreAllMocks());

const NOW = Date.parse('2026-03-04T05:06:07Z');
const MINUTE = 60_000;

async function codeOf(mock: CloudauthMock, { url, body, ...sent }: Sent): Promise<string | undefined> {
  const reply = await mock.fetch(new Request(url, { ...sent, body: body || undefined }));
  return ((await reply.json()) as { Code?: string }).Code;
}

test.each<[scheme: string, where: string, ahead: number]>([
  ['RPC', ':memory:', 14],
  ['RPC', 'a file', 14],
  ['ACS3', ':memory:', 14],
  ['ACS3', 'a file', 14],
  ['RPC', ':memory:', -14],
  ['RPC', 'a file', 15],
])(
  'an %s call, with state in %s, dated %i minutes ahead comes again in no minute of its life',
  async (scheme, where, ahead) => {
    await using folder = await scratch();
    const clock = manualClock(NOW);
    await using mock = createCloudauthMock({ clock, db: where === ':memory:' ? where : join(folder.path, 'state.db') });
    const at = NOW + ahead * MINUTE;
    const sent = scheme === 'RPC' ? rpcCall([], { at }) : acs3Call([], { at });
    const first = await codeOf(mock, sent);
    const again = new Set<string | undefined>();
    for (; clock.now() <= at + 15 * MINUTE; clock.advance('1m')) again.add(await codeOf(mock, sent));
    expect([first, [...again], await codeOf(mock, sent)]).toEqual([
      undefined,
      ['SignatureNonceUsed'],
      'InvalidTimeStamp.Expired',
    ]);
  },
);

test('nor after a restart', async () => {
  await using folder = await scratch();
  const clock = manualClock(NOW);
  const sent = rpcCall([], { at: NOW + 14 * MINUTE });
  const codes = [];
  for (const wait of ['0s', '28m']) {
    clock.advance(wait);
    await using mock = createCloudauthMock({ clock, db: join(folder.path, 'state.db') });
    codes.push(await codeOf(mock, sent));
  }
  expect(codes).toEqual([undefined, 'SignatureNonceUsed']);
});

test.each([
  ['writes', cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: 't' }), 1],
  ['asks only', cloudauth2017('GetStatus', { Biz: 'RPMin', TicketId: 't' }), 0],
])(
  'a call that %s and finds its nonce written by another connection is a replay, and changes nothing',
  async (_what, params, open) => {
    const driver = loadDriver('auto');
    const opening = driver.open;
    vi.spyOn(driver, 'open').mockImplementation((file) => {
      const real = opening(file);
      // what the other connection writes is there only after this one has looked
      return { ...real, get: (sql, args) => (/FROM nonces/.test(sql) && !looked++ ? undefined : real.get(sql, args)) };
    });
    let looked = 1;
    await using folder = await scratch();
    await using mock = createCloudauthMock({ db: join(folder.path, 'state.db') });
    const request = signedRequest(params);
    await mock.fetch(request.clone());
    looked = 0;
    const reply = await mock.fetch(request);
    const { Code } = (await reply.json()) as { Code?: string };
    expect([reply.status, Code, (await mock.verifications.list()).length]).toEqual([400, 'SignatureNonceUsed', open]);
  },
);
