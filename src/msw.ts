/** msw handlers for the vendor's real host names: SDK code under test runs unmodified, in process, with no port open. */
import { http, type RequestHandler } from 'msw';
import type { CloudauthMock } from './mock.js';

const HOSTS = ['cloudauth.aliyuncs.com', 'cloudauth.*.aliyuncs.com', 'saf.*.aliyuncs.com'];

/** @example setupServer(...handlers(createCloudauthMock())).listen() */
export const handlers = (mock: Pick<CloudauthMock, 'fetch'>): RequestHandler[] =>
  HOSTS.flatMap((host) =>
    ['http', 'https'].map((scheme) => http.all(`${scheme}://${host}/*`, ({ request }) => mock.fetch(request))),
  );
