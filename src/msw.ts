/** msw handlers for the vendor's real host names: SDK code under test runs unmodified, in process, with no port open. */
import { HttpResponse, http, type RequestHandler } from 'msw';
import type { CloudauthMock } from './emulator/api.js';

/** The gateways, and every host an answer names in process: what follows such an address must not leave the machine. */
const HOSTS = [
  'cloudauth.aliyuncs.com',
  'cloudauth.*.aliyuncs.com',
  // intl, vpc, dualstack
  'cloudauth-*.aliyuncs.com',
  'openplatform.aliyuncs.com',
  'saf.*.aliyuncs.com',
  'sts.aliyuncs.com',
  'sts.*.aliyuncs.com',
  'location.aliyuncs.com',
  'location-readonly.aliyuncs.com',
  'oss-*.aliyuncs.com',
  '*.oss-*.aliyuncs.com',
  'h5.m.taobao.com',
  't.aliyun.com',
  'zoloz.cloud.alipay.com',
  'example-sdkdownload.aliyun.com',
];

/** @example setupServer(...handlers(createCloudauthMock())).listen() */
export const handlers = (mock: Pick<CloudauthMock, 'fetch'>): RequestHandler[] =>
  HOSTS.flatMap((host) =>
    ['http', 'https'].map((scheme) =>
      http.all(`${scheme}://${host}/*`, ({ request }) =>
        mock.fetch(request).catch((error) => broken(error, request.signal)),
      ),
    ),
  );

/** A scenario that breaks the connection, or a client that left, rejects with what `fetch` would; msw has its own word for it. */
function broken(error: unknown, { aborted }: AbortSignal): Response {
  if (aborted) return HttpResponse.error();
  if (error instanceof TypeError && error.message === 'fetch failed') return HttpResponse.error();
  throw error;
}
