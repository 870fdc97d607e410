/** Lists of verifications are pages: the latest first, each beginning where the one before ended. */
import { expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import type { Reply } from '../support/call.js';
import { openTask } from '../support/tasks.js';

/** The names t00 to t11, of which every third has ended. */
async function twelve(): Promise<CloudauthMock> {
  const mock = createCloudauthMock({ device: 'manual' });
  for (let n = 0; n < 12; n++) {
    const name = `t${String(n).padStart(2, '0')}`;
    await openTask(mock, 'RPMin', name);
    if (n % 3 === 0) await mock.verifications.pass(name);
  }
  return mock;
}
const ALL = Array.from({ length: 12 }, (_, n) => `t${String(11 - n).padStart(2, '0')}`);
const ENDED = ['t09', 't06', 't03', 't00'];

const idsOf = ({ json }: Reply): string[] => json.map(({ id }: { id: string }) => id);
const nextOf = ({ headers }: Reply): string | undefined =>
  /^<(\?[^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];

/** Page after page, as the Link header leads. */
async function walked(mock: CloudauthMock, query: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let next: string | undefined = query; next !== undefined; ) {
    const page: Reply = await admin(mock, `/verifications${next}`);
    pages.push(idsOf(page));
    next = nextOf(page);
  }
  return pages;
}

test.each([
  ['all', '?limit=5', ALL],
  ['those that have ended', '?status=ended&limit=3', ENDED],
  ['those that are open', '?status=open&limit=3', ALL.filter((name) => !ENDED.includes(name))],
  ['a page that is just full', '?status=ended&limit=4', ENDED],
])('pages of %s hold each once, the latest first', async (_what, query, names) => {
  await using mock = await twelve();
  const pages = await walked(mock, query);
  const limit = Number(/limit=(\d+)/.exec(query)![1]);
  expect(pages.flat()).toEqual(names);
  expect(pages.map(({ length }) => length)).toEqual(
    Array.from({ length: Math.ceil(names.length / limit) }, (_, page) => Math.min(limit, names.length - page * limit)),
  );
});

test('what is begun while somebody turns pages moves none of them', async () => {
  await using mock = await twelve();
  const first = await admin(mock, '/verifications?limit=5');
  await openTask(mock, 'RPMin', 'new');
  expect(idsOf(await admin(mock, `/verifications${nextOf(first)}`))).toEqual(ALL.slice(5, 10));
});

test.each([
  ['', '12'],
  ['?status=open', '8'],
  ['?status=ended&limit=1', '4'],
  ['?q=t', null],
])('how many there are in all stands beside a page: %s', async (query, total) => {
  await using mock = await twelve();
  expect((await admin(mock, `/verifications${query}`)).headers.get('x-total-count')).toBe(total);
});

test('a task with several tokens is one, where its latest token stands', async () => {
  await using mock = await twelve();
  await openTask(mock, 'RPMin', 't04');
  const page = await admin(mock, '/verifications');
  expect([idsOf(page)[0], idsOf(page).length, page.headers.get('x-total-count')]).toEqual(['t04', 12, '12']);
});

test.each([
  ['a name', '?q=t04', ['t04']],
  ['what names begin with', '?q=t0&limit=4', ALL.filter((name) => name.startsWith('t0')).reverse()],
  ['the same among those that have ended', '?q=t0&status=ended&limit=2', [...ENDED].reverse()],
  ['what no name begins with', '?q=4', []],
])('a search finds %s, in the order of their names', async (_what, query, names) => {
  await using mock = await twelve();
  expect((await walked(mock, query)).flat()).toEqual(names);
});

test.each([
  ['an id', 32],
  ['the beginning of an id', 8],
])('a search finds %s, also of a token that a later one goes on with', async (_what, length) => {
  await using mock = await twelve();
  const token = await openTask(mock, 'RPMin', 'sought');
  await openTask(mock, 'RPMin', 'sought');
  expect(idsOf(await admin(mock, `/verifications?q=${token.slice(0, length)}`))).toEqual(['sought']);
});

test('a search whose matches fill no page says where it goes on', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  for (let n = 0; n < 510; n++) await openTask(mock, 'RPMin', `many-${String(n).padStart(3, '0')}`);
  await mock.verifications.pass('many-505');
  const pages = await walked(mock, '?q=many&status=ended');
  expect(pages).toEqual([[], ['many-505']]);
});

test.each([
  ['status=closed', "status can only be 'open' or 'ended'"],
  ['limit=0', 'limit must be a whole number from 1 to 1000'],
  ['limit=1001', 'limit must be a whole number from 1 to 1000'],
  ['limit=ten', 'limit must be a whole number from 1 to 1000'],
  ['after=x', 'after must be what the Link header of the page before says'],
  [`q=${'x'.repeat(201)}`, 'q must be text of at most 200 characters'],
  ['q=t&after=999', 'what after names was removed meanwhile; begin with the first page'],
])('%s is refused, with what is right', async (query, error) => {
  await using mock = await twelve();
  const reply = await admin(mock, `/verifications?${query}`);
  expect([reply.status, reply.json]).toEqual([400, { error }]);
});

test('a program is given page by page as well', async () => {
  await using mock = await twelve();
  const pages: number[] = [];
  for await (const page of mock.verifications.pages({ status: 'open', limit: 5 })) pages.push(page.length);
  const found = await mock.verifications.list({ q: 't0', limit: 2 });
  expect([pages, found.map(({ id }) => id)]).toEqual([
    [5, 3],
    ['t00', 't01'],
  ]);
});
