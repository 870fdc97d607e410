/**
 * jsvm_all.js, the vendor's script whose getMetaInfo() gives InitFaceVerify its MetaInfo: here without anything about the
 * device. It is served at the paths of the vendor's hosts, and a module that imports it finds the function on `window` too.
 */
import { Hono } from 'hono/tiny';
import type { PagesDeps, PagesEnv } from '../deps.js';

/** The current one, an older one, and that of the international product. */
const PATHS = ['/yd-cloudauth/cloudauth-cdn/jsvm_all.js', '/web_sdk_js/jsvm_all.js', '/cdn/jsvm_all.js'];

/** An object, as the vendor's: callers stringify it. Members in the order of a captured one, in the ES5 of old browsers. */
const scriptOf = (guardToken: string): string => `window.getMetaInfo = function () {
  var ua = navigator.userAgent;
  return {
    bioMetaInfo: '4.1.0:2916352,0',
    deviceType: /Mobi|Android|iPhone|iPad/i.test(ua) ? 'h5' : 'web',
    ua: ua,
    guardToken: '${guardToken}'
  };
};
`;

export function jsvmScripts({ ids, wallClock }: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  for (const path of PATHS)
    app.get(path, (c) =>
      c.body(scriptOf(guardToken()), 200, {
        'content-type': 'application/javascript; charset=utf-8',
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
      }),
    );
  return app;

  /** Formed and as long as a captured one, so that MetaInfo has about 2 kB: too much for some addresses and columns. */
  function guardToken(): string {
    const [id, hash, sum] = [ids.token(), ids.token(), ids.token()];
    const filling = base64(Array.from({ length: 18 }, () => ids.token()).join(''));
    return base64(`WEB_PREID#${id}-h-${wallClock.now()}-${hash}#${filling}#0#${sum}`);
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
