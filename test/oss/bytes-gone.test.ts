/** Somebody empties the folder in which an emulator keeps the bytes of objects, or cuts a file there off, while it runs. */
import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOptions } from '../../src/config/options.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import { scratch } from '../support/child.js';
import { codeOf, encodeKey, oss, signedHeaders, stsOf } from '../support/oss.js';
import { getMaterials, openTask, PERSON, submit } from '../support/tasks.js';

/** With an object whose name holds an ID number. */
async function running() {
  const folder = await scratch();
  const db = join(folder.path, 'state.db');
  const lines: string[] = [];
  const options = readOptions({ db: [db], port: ['0'] }, {});
  const mock = createLoggingMock(options, (text) => lines.push(text));
  const sts = await stsOf(mock);
  const key = `${sts.path}990000199003070013.jpg`;
  await oss(mock, sts, 'PUT', key, { body: 'hello' });
  return {
    ...{ mock, sts, key, objects: `${db}.objects` },
    async logged() {
      await new Promise((resolve) => setImmediate(resolve));
      return lines.join('');
    },
    async [Symbol.asyncDispose]() {
      await mock.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const LOSSES: [how: string, lose: (folder: string) => void][] = [
  ['deleted', (folder) => rmSync(folder, { recursive: true })],
  ['cut off', (folder) => readdirSync(folder).forEach((name) => void truncateSync(join(folder, name), 2))],
];

test.each(LOSSES)(
  'an object whose bytes were %s is InternalError over a socket, with what to do',
  async (_how, lose) => {
    await using house = await running();
    const { mock, sts, key } = house;
    await mock.listen();
    lose(house.objects);
    const answer = await fetch(`${mock.url}/${sts.bucket}/${encodeKey(key)}`, {
      headers: signedHeaders(sts, 'GET', key),
    });
    const hint = answer.headers.get('x-cloudauth-mock-hint');
    expect([await codeOf(answer), hint]).toEqual([
      '500 InternalError',
      expect.stringMatching(/^The bytes of oss:.*990\*{13}13\.jpg are gone from the disk: put it again\.$/),
    ]);
    const log = await house.logged();
    expect([
      /990\*{13}13\.jpg are gone from the disk/.test(log),
      log.includes('990000199003070013'),
      log.includes(sts.path),
      log.includes('    at '),
    ]).toEqual([true, false, false, false]);
  },
);

test('put again it is an object as before', async () => {
  await using house = await running();
  const { mock, sts, key } = house;
  rmSync(house.objects, { recursive: true });
  await oss(mock, sts, 'PUT', key, { body: 'again' });
  expect(await (await oss(mock, sts, 'GET', key)).text()).toBe('again');
});

test('a picture whose bytes are gone is refused like one that was never uploaded', async () => {
  await using house = await running();
  const { mock, sts, key } = house;
  rmSync(house.objects, { recursive: true });
  const token = await openTask(mock);
  const refused = await submit(mock, token, { ...PERSON, FacePic: `oss://${sts.bucket}:${key}` });
  const never = await submit(mock, token, { ...PERSON, FacePic: `oss://${sts.bucket}:${key}x` });
  expect([refused.status, refused.json.Code]).toEqual([never.status, never.json.Code]);
  expect(refused.headers.get('x-cloudauth-mock-hint')).toContain('its bytes are gone from the disk: put it again.');
});

test('a drawn face is drawn again', async () => {
  await using house = await running();
  const { mock } = house;
  await mock.verifications.pass('ticket-1');
  const shown = async () => {
    const { text } = await getMaterials(mock, 'RPBasic', 'ticket-1');
    const picture = await mock.fetch(new Request(/https?:[^"]+jpg[^"]*/.exec(text)![0]));
    return [picture.status, (await picture.arrayBuffer()).byteLength > 0];
  };
  const before = await shown();
  rmSync(house.objects, { recursive: true });
  expect([before, await shown()]).toEqual([
    [200, true],
    [200, true],
  ]);
});
