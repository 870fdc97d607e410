/** What a call, a page or an upload asks of the database is found by an index, however many rows of others there are. */
import { afterEach, expect, test, vi } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import type { Connection } from '../../src/store/drivers/driver.js';
import { loadDriver } from '../../src/store/drivers/load.js';
import { call, cloudauth2019 } from '../support/call.js';
import { scratch } from '../support/child.js';
import { open, pageUrl, walk } from '../support/h5.js';
import { oss, stsOf } from '../support/oss.js';
import { safUrl, startH5 } from '../support/saf.js';
import { SAF_PERSON, saf } from '../support/scenario.js';
import { getMaterials, getStatus, openTask, submit } from '../support/tasks.js';

afterEach(() => vi.restoreAllMocks());

/** Every statement the database is asked from now on, and what SQLite makes of one. */
function recorded() {
  const driver = loadDriver('auto');
  const opening = driver.open;
  const statements = new Set<string>();
  let connection!: Connection;
  vi.spyOn(driver, 'open').mockImplementation((file) => {
    const real = opening(file);
    connection = real;
    const seen = <R>(sql: string, go: () => R): R => {
      statements.add(sql);
      return go();
    };
    return {
      ...real,
      get: (sql, args) => seen(sql, () => real.get(sql, args)),
      all: (sql, args) => seen(sql, () => real.all(sql, args)),
      run: (sql, args) => seen(sql, () => real.run(sql, args)),
    };
  });
  /** A row made in place and the one row of a subquery are no tables; of leftovers all are wanted. */
  const planOf = (sql: string): string[] => {
    const args = Array<null>((sql.match(/\?/g) ?? []).length).fill(null);
    const plan = connection.all(`EXPLAIN QUERY PLAN ${sql}`, args) as { detail: string }[];
    return plan.map(({ detail }) => detail);
  };
  const scans = (sql: string): string[] =>
    planOf(sql).filter((step) => /^SCAN (?!one\b|former\b|leftovers\b|CONSTANT ROW)/.test(step));
  return { statements, planOf, scans };
}

async function uploads(mock: CloudauthMock): Promise<void> {
  const sts = await stsOf(mock);
  const key = `${sts.path}a.jpg`;
  for (const body of ['one', 'two']) await oss(mock, sts, 'PUT', key, { body });
  await oss(mock, sts, 'GET', key);
  await oss(mock, sts, 'GET', '', { query: `prefix=${sts.path}` });
  const begun = await (await oss(mock, sts, 'POST', key, { query: 'uploads' })).text();
  const query = `uploadId=${/<UploadId>(.+)<\/UploadId>/.exec(begun)![1]}`;
  const part = await oss(mock, sts, 'PUT', key, { query: `partNumber=1&${query}`, body: 'part' });
  const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.headers.get('etag')}</ETag></Part></CompleteMultipartUpload>`;
  await oss(mock, sts, 'GET', key, { query });
  await oss(mock, sts, 'POST', key, { query, body });
  await oss(mock, sts, 'DELETE', key);
}

async function pages(mock: CloudauthMock): Promise<void> {
  const url = await pageUrl(mock, {}, { TicketId: 'page' });
  await open(mock, url);
  await walk(mock, url);
  const session = await startH5(mock);
  await open(mock, safUrl(mock, session.zimId));
  const { json } = await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'https://apps.example.com/a.apk' }));
  const asked = await call(mock, cloudauth2019('DescribeRPSDK', { TaskId: json.TaskId }));
  await open(mock, asked.json.SdkUrl);
}

/** So many that nonces are looked at whose time is over. */
async function manyCalls(mock: CloudauthMock): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await mock.reset();
    await calls(mock);
  }
}

/** So much that is over that it is removed. */
async function endings(mock: CloudauthMock): Promise<void> {
  for (const ticket of ['a', 'b']) {
    await openTask(mock, 'RPMin', ticket);
    await mock.verifications.pass(ticket);
  }
  const gone = () => expect(mock.verifications.get('a')).rejects.toThrow('no verification');
  await vi.waitFor(gone, { timeout: 30_000, interval: 20 });
  await uploads(mock);
  await pages(mock);
}

async function snapshots(mock: CloudauthMock): Promise<void> {
  await openTask(mock);
  await mock.snapshots.save('s');
  await mock.snapshots.restore('s');
}

async function calls(mock: CloudauthMock): Promise<void> {
  const token = await openTask(mock);
  await submit(mock, token);
  await getStatus(mock);
  await getMaterials(mock);
  await call(mock, cloudauth2019('DescribeOssUploadToken'));
  await call(mock, cloudauth2019('CreateVerifySetting', { BizName: 'n', BizType: 'b', Solution: 'RPBasic' }));
  const { Data } = await saf(mock, { method: 'init', ...SAF_PERSON });
  await saf(mock, { method: 'query', queryId: Data.queryId, bizId: Data.bizId });
}

test.each<[what: string, work: (mock: CloudauthMock) => Promise<void>, tables: string[]]>([
  ['a signed call', manyCalls, ['DELETE FROM nonces', 'verifications', 'credentials', 'scenes']],
  ['an upload', uploads, ['objects', 'uploads', 'parts', 'snapshot_objects', 'credentials']],
  ['a page', pages, ['verifications', 'builds', 'visits', 'page_steps']],
  ['a snapshot', snapshots, ['snapshot_verifications', 'snapshot_credentials', 'leftovers']],
  ['the removal of what is over', endings, ['DELETE FROM verifications', 'DELETE FROM visits', 'DELETE FROM objects']],
])('%s walks no table', async (_what, work, tables) => {
  await using folder = await scratch();
  const { statements, scans } = recorded();
  await using mock = createCloudauthMock({
    ...{ db: `${folder.path}/state.db`, device: 'immediate', sdkBuild: 'immediate', failureLimit: 3, keep: 1 },
  });
  // the first upload of a process reads all there is, once
  await work(mock);
  statements.clear();
  await mock.reset();
  await work(mock);
  const found = [...statements].filter((sql) => !sql.startsWith('BEGIN') && !sql.startsWith('COMMIT'));
  expect(tables.filter((table) => !found.some((sql) => sql.includes(`${table} `)))).toEqual([]);
  expect(found.flatMap((sql) => scans(sql).map((step) => `${step}: ${sql}`))).toEqual([]);
});

test('who has verifications is found from one account to the next', async () => {
  const { statements, planOf, scans } = recorded();
  await using mock = createCloudauthMock();
  await openTask(mock);
  statements.clear();
  await mock.accounts();
  const found = [...statements].filter((sql) => sql.includes('MIN(account)'));
  const searches = found.flatMap(planOf).filter((step) => step.includes(' verifications '));
  expect([found.flatMap(scans), searches.length]).toEqual([[], 2]);
  expect(searches[1]).toMatch(/^SEARCH verifications .*\(account>\?\)$/);
});

test.each([
  ['the first page', ''],
  ['the next page', '&marker=MARKER'],
])('a list reads no keys before its prefix or behind it: %s', async (_page, more) => {
  const { statements, planOf } = recorded();
  await using mock = createCloudauthMock();
  const sts = await stsOf(mock);
  await oss(mock, sts, 'GET', '', { query: `prefix=${sts.path}${more.replace('MARKER', `${sts.path}a`)}` });
  const list = [...statements].filter((sql) => /FROM objects.*ORDER BY key/s.test(sql));
  expect(list.map(planOf)).toEqual([[expect.stringMatching(/^SEARCH objects .*bucket=\? AND key>\? AND key<\?\)$/)]]);
});

test.each([
  ['the open', { status: 'open' }, /^SEARCH verifications USING INDEX verifications_open \(account=\? AND seq<\?\)$/],
  [
    'those that have ended',
    { status: 'ended' },
    /^SEARCH verifications USING INDEX verifications_ended \(account=\? AND seq<\?\)$/,
  ],
  [
    'a search',
    { q: 'ticket' },
    /^SEARCH verifications USING INDEX verifications_by_name \(account=\? AND \(name,seq\)>\(\?,\?\) AND name<\?\)$/,
  ],
  [
    'a search by id',
    { q: '0123456789abcdef' },
    /^SEARCH verifications USING INDEX verifications_by_id \(id>\? AND id<\?\)$/,
  ],
] as const)('a page of %s reads no more rows than it shows, and sorts none', async (_what, wanted, plan) => {
  const { statements, planOf } = recorded();
  await using mock = createCloudauthMock();
  await openTask(mock);
  statements.clear();
  await mock.verifications.list(wanted);
  const plans = [...statements].filter((sql) => sql.includes('FROM verifications')).map(planOf);
  expect(plans.flat()).toContainEqual(expect.stringMatching(plan));
  expect(plans.flat().filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});
