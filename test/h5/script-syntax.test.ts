/** Page scripts are read by engines of 2018: nothing in them would have to be written in older words. */
import { transform } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { certifyUrl } from '../support/face.js';
import { open, pageUrl } from '../support/h5.js';
import { startH5 } from '../support/saf.js';

const mock = createCloudauthMock({ device: 'manual' });
afterAll(() => mock.close());

const PAGES: readonly [name: string, address: () => Promise<string>, scripts: number][] = [
  ['a screen of the H5 page', () => pageUrl(mock, { step: 'GUIDE' }), 1],
  ['its camera', () => pageUrl(mock, { step: 'FACE_LIVENESS' }), 2],
  ['the SAF page', async () => (await startH5(mock)).url, 2],
  ['its end', async () => `${(await startH5(mock)).url}&auto=pass`, 1],
  ['the guide at CertifyUrl', () => certifyUrl(mock), 1],
  ['its camera', async () => `${await certifyUrl(mock)}&step=capture`, 2],
  ['its end in a frame', async () => `${await certifyUrl(mock, { ReturnUrl: 'iframe' })}&auto=pass`, 1],
  ['jsvm_all.js', async () => `${mock.url}/yd-cloudauth/cloudauth-cdn/jsvm_all.js`, 1],
  ['the merchant', async () => `${mock.url}/demo/saf.html`, 2],
  ['getmetainfo.js', async () => `${mock.url}/gjj/getmetainfo.js`, 1],
  ['the phone', async () => 'http://localhost/_mock/phone', 1],
];

test.each(PAGES)('%s', async (_name, address, count) => {
  const { text } = await open(mock, await address());
  const scripts = text.startsWith('<')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, js]) => js!)
    : [text];
  const written = async (target: string) =>
    Promise.all(scripts.map(async (script) => (await transform(script, { target })).code));
  expect([scripts.length, await written('es2018')]).toEqual([count, await written('esnext')]);
});
