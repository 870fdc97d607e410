/** A database file of an earlier version opens, and a client is told what it was told then. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCloudauthMock, manualClock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { type Made, PARTS, told } from '../support/earlier.js';
import { oss } from '../support/oss.js';
import { getStatus, submit } from '../support/tasks.js';

const FOLDER = 'fixtures/databases';
const { made, told: then }: { made: Made; told: object } = JSON.parse(readFileSync(`${FOLDER}/0.1.0.json`, 'utf8'));

async function opened() {
  const folder = await scratch();
  cpSync(FOLDER, folder.path, { recursive: true });
  const open = () =>
    createCloudauthMock({
      ...{
        db: join(folder.path, '0.1.0.sqlite'),
        clock: manualClock(made.at),
        device: 'manual',
        sdkBuild: 'immediate',
      },
    });
  return { open, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

test('a database of 0.1.0 opens and keeps its data, at the second start as well', async () => {
  await using database = await opened();
  for (const _start of [1, 2]) {
    await using mock = database.open();
    // its second picture is the one that is there when it is looked at again
    await mock.snapshots.save('as-it-was');
    expect({ ...(await told(mock, made)), snapshots: ['before'] }).toEqual(then);
    await mock.snapshots.restore('as-it-was');
  }
});

test('what was begun in it can be ended', async () => {
  await using database = await opened();
  await using mock = database.open();
  const { at, sts, uploadId } = made;
  const opened2017 = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'FixtureScene', TicketId: 'open' }), {
    at,
  });
  await submit(mock, opened2017.json.Data.VerifyToken.Token, undefined, { at });
  await mock.verifications.pass(made.mobile.open!.queryId);
  const parts = await oss(mock, sts, 'GET', sts.path + PARTS, { query: `uploadId=${uploadId}`, at });
  const etag = /<ETag>(.+)<\/ETag>/.exec(await parts.text())![1];
  await oss(mock, sts, 'POST', sts.path + PARTS, {
    ...{ query: `uploadId=${uploadId}`, at },
    body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`,
  });
  const whole = await oss(mock, sts, 'GET', sts.path + PARTS, { at });
  const { json } = await getStatus(mock, 'FixtureScene', 'open', { at });
  const sessions = (await mock.verifications.list()).filter(({ id }) => id === made.mobile.open!.queryId);
  expect([json.Data.StatusCode, sessions[0]?.status, await whole.text()]).toEqual([1, 'passed', 'the first part']);
});
