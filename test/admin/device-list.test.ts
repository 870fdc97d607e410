/** What `cloudauth-mock device` lists. */
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.js';
import { createCloudauthMock } from '../../src/index.js';
import { open, pageUrl } from '../support/h5.js';

test('it says whose page is open', async () => {
  await using mock = await createCloudauthMock({ port: 0, device: 'manual' }).listen();
  const url = await pageUrl(mock);
  const list = async () => {
    const printed: string[] = [];
    await run(['device', '--url', mock.url], {}, { out: (text) => void printed.push(text), err: () => {} });
    return printed.join('').includes('RPBasic, page open');
  };
  const before = await list();
  await open(mock, url);
  expect([before, await list()]).toEqual([false, true]);
});
