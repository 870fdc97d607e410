/** Fifty at once end one verification, by every way there is: one of them does, and the others are told. */
import { expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { pageUrl, post } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { getMaterials, getStatus, PERSON, submit } from '../support/tasks.js';

const DONE = 'http://127.0.0.1/done';
/** `won`, `lost`, or what else came. */
type Answer = Promise<string>;

const control = async (mock: CloudauthMock, id: string, end: string): Answer => {
  const { status } = await mock.fetch(new Request(`${mock.url}/_mock/verifications/${id}/${end}`, { method: 'POST' }));
  return status === 200 ? 'won' : status === 409 ? 'lost' : `control ${status}`;
};
const phone = async (mock: CloudauthMock, id: string, end: string): Answer => {
  const body = new URLSearchParams({ id, end });
  const { status } = await mock.fetch(new Request(`${mock.url}/_mock/phone`, { method: 'POST', body }));
  return status === 303 ? 'won' : status === 409 ? 'lost' : `phone ${status}`;
};
const fifty = <T>(act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 50 }, (_, index) => act(index)));
const tally = (answers: readonly string[]) => ({
  won: answers.filter((answer) => answer === 'won').length,
  odd: answers.filter((answer) => answer !== 'won' && answer !== 'lost'),
});

test('Cloudauth: page, control API, phone and SubmitMaterials: one passes the task, and every page leads on', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const url = await pageUrl(mock, { successRedirect: DONE }, { Biz: 'RPMin' });
  const token = new URL(url).searchParams.get('token')!;
  // whoever passed it, the person goes on
  const page = async (): Answer => {
    const { location, status } = await post(mock, url, { end: 'pass' });
    return location === DONE ? 'lost' : `page ${status}`;
  };
  const materials = async (): Answer => {
    const { json, status } = await submit(mock, token);
    return json.Success === true ? 'won' : status < 500 ? 'lost' : `submit ${status}`;
  };
  const ways = [page, () => control(mock, token, 'pass'), () => phone(mock, token, 'pass'), materials];
  const { won, odd } = tally(await fifty((index) => ways[index % 4]!()));
  expect([won <= 1, odd]).toEqual([true, []]);
  expect((await getStatus(mock)).json.Data.StatusCode).toBe(1);
});

test('Cloudauth: passes and failures at once end in the pass, with materials', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const url = await pageUrl(mock, {}, { Biz: 'RPMin' });
  const token = new URL(url).searchParams.get('token')!;
  const ends = ['pass', 'fail', 'blurred', 'fail', 'pass'];
  const statuses = await fifty(async (index) => {
    const end = ends[index % ends.length]!;
    if (index % 2) return (await post(mock, url, { end })).status;
    await control(mock, token, end === 'blurred' ? 'fail' : end);
    return (await submit(mock, token, PERSON)).status;
  });
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect((await getStatus(mock)).json.Data).toMatchObject({ StatusCode: 1 });
  expect((await getMaterials(mock)).json.Data.Name).toBeTypeOf('string');
});

test('SAF: page, control API, phone and the simulated person: every question hears the same end', async () => {
  await using mock = createCloudauthMock();
  const started = await startH5(mock);
  const heard: number[] = [];
  const ways = [
    async (): Answer => ((await post(mock, started.url, { end: 'Z1147' })).status < 400 ? 'lost' : 'odd'),
    () => control(mock, started.zimId, 'quit'),
    () => phone(mock, started.zimId, 'pass'),
    async (): Answer => {
      heard.push((await queryH5(mock, started)).Code);
      return 'lost';
    },
  ];
  const { won, odd } = tally(await fifty((index) => ways[index % 4]!()));
  const { Code } = await queryH5(mock, started);
  expect([won <= 1, odd, heard.filter((code) => code !== Code && code !== 300)]).toEqual([true, [], []]);
});
