/** A database file that is taken away under a running emulator: said once, refused everywhere, and served again when it is back. */
import { copyFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readOptions } from '../../src/config/options.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import type { CloudauthMock } from '../../src/index.js';
import { driversHere } from '../../src/store/drivers/load.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { scratch } from '../support/child.js';
import { pageUrl } from '../support/h5.js';
import { codeOf, oss, type Sts, stsOf } from '../support/oss.js';

// the machine's clock moves only when told to; nothing waits
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());
const aSecondLater = () => vi.setSystemTime(Date.now() + 1000);

const GET_TOKEN = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'lost' });

/** Running on a file of its own, and used already. */
async function running(driver: string) {
  const folder = await scratch();
  const file = join(folder.path, 'state.db');
  const lines: string[] = [];
  const mock = createLoggingMock(readOptions({ db: [file], driver: [driver] }, {}), (text) => lines.push(text));
  const sts = await stsOf(mock);
  await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'hello' });
  const page = await pageUrl(mock);
  return {
    ...{ mock, file, sts, page },
    async logged() {
      await new Promise((resolve) => setImmediate(resolve));
      return lines
        .join('')
        .split('\n')
        .filter((line) => /^\S+ (warning|error):|^ +at /.test(line));
    },
    async [Symbol.asyncDispose]() {
      await mock.close().catch(() => {});
      await folder[Symbol.asyncDispose]();
    },
  };
}

const get = async (mock: CloudauthMock, url: string) => {
  const reply = await mock.fetch(new Request(url));
  return [reply.status, await reply.text()] as const;
};
const ready = (mock: CloudauthMock) => get(mock, 'http://localhost/readyz');

async function everywhere(mock: CloudauthMock, page: string, sts: Sts): Promise<string[]> {
  const calls = [GET_TOKEN, cloudauth2019('DescribeOssUploadToken'), faceVerify({ method: 'query' })];
  const answers = await Promise.all(calls.map((params) => call(mock, params)));
  const uploads = await Promise.all(
    ['PUT', 'GET'].map((method) => oss(mock, sts, method, `${sts.path}a.jpg`, method === 'PUT' ? { body: 'x' } : {})),
  );
  return [
    ...answers.map(({ status, json }) => `${status} ${json.Code}`),
    ...(await Promise.all(uploads.map(codeOf))),
    `${(await get(mock, page))[0]}`,
    `${(await get(mock, 'http://localhost/_mock/verifications'))[0]}`,
  ];
}
const REFUSED = [
  ...['503 ServiceUnavailable', '503 ServiceUnavailable', '503 ServiceUnavailable'],
  ...['500 InternalError', '500 InternalError', '503', '503'],
];

describe.each(driversHere())('by %s', (driver) => {
  test.each<[how: string, lose: (file: string) => void, words: RegExp]>([
    ['deleted', (file) => rmSync(file), /state\.db was deleted or renamed.*put back or the emulator restarted/],
    ['renamed', (file) => renameSync(file, `${file}.away`), /state\.db was deleted or renamed/],
    ['cut off', (file) => truncateSync(file), /state\.db was cut off at 0 bytes of \d+.*start again/],
    [
      'replaced',
      (file) => {
        copyFileSync(file, `${file}.copy`);
        renameSync(`${file}.copy`, file);
      },
      /state\.db was replaced by another one/,
    ],
  ])('a file that was %s is told once, and every call is refused', async (_how, lose, words) => {
    await using house = await running(driver);
    const { mock, file } = house;
    lose(file);
    aSecondLater();
    const [answers, again] = [await everywhere(mock, house.page, house.sts), await call(mock, GET_TOKEN)];
    const [status, reason] = await ready(mock);
    expect([answers, again.status, status, reason]).toEqual([REFUSED, 503, 503, expect.stringMatching(words)]);
    expect(again.headers.get('x-cloudauth-mock-hint')).toMatch(words);
    expect(await house.logged()).toEqual([expect.stringMatching(words)]);
    await expect(mock.verifications.list()).rejects.toThrow(words);
  });

  test('a file that is put back is served again, and nothing of before is lost', async () => {
    await using house = await running(driver);
    const { mock, file } = house;
    renameSync(file, `${file}.away`);
    aSecondLater();
    const lost = await call(mock, GET_TOKEN);
    renameSync(`${file}.away`, file);
    aSecondLater();
    const back = await call(mock, GET_TOKEN);
    const names = (await mock.verifications.list()).length;
    expect([lost.status, back.status, (await ready(mock))[0], names]).toEqual([503, 200, 200, 3]);
    expect(await house.logged()).toEqual([
      expect.stringContaining('deleted'),
      expect.stringMatching(/state\.db is back/),
    ]);
  });

  test('a file that grows is as it should be', async () => {
    await using house = await running(driver);
    for (let n = 0; n < 20; n++) {
      aSecondLater();
      await call(
        house.mock,
        cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: `t${n}`, UserData: 'x'.repeat(4000) }),
      );
    }
    expect([(await ready(house.mock))[0], await house.logged()]).toEqual([200, []]);
  });
});

test('the log of a WAL that was deleted is told as well', async () => {
  await using house = await running('auto');
  rmSync(`${house.file}-wal`);
  aSecondLater();
  expect((await call(house.mock, GET_TOKEN)).headers.get('x-cloudauth-mock-hint')).toMatch(/state\.db-wal was deleted/);
});
