/**
 * A merchant, front end and server, to see a SAF web verification from outside: getmetainfo.js, initH5, the iframe, its
 * message, queryH5. Its server signs with the default key and goes through the gateway as any client would.
 */
import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { outside } from '../../control/account-side.js';
import { heldAccount, notTheirs, pageRefusal } from '../../control/guard.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCOUNT } from '../../gateway/accounts.js';
import type { RawIncoming } from '../../gateway/request.js';
import { rpcSignature, rpcStringToSign } from '../../gateway/signature-rpc.js';
import { isoSeconds } from '../../platform/clock.js';
import MERCHANT_SCRIPT from '../browser/merchant.ts?script';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { formOf } from '../ui/form.js';
import { langOf } from '../ui/language.js';
import { page } from '../ui/layout.js';
import { refusalPage } from '../ui/refusal.js';
import { MERCHANT_STYLE, MERCHANT_TITLE, merchantBody } from './screen.js';

export function merchantPages(deps: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();

  app.use('/demo/*', async (c, next) => {
    const incoming = c.env?.incoming;
    const refused =
      incoming && (pageRefusal(incoming.headers, incoming.rawHost ?? '', deps.options) ?? others(incoming));
    return refused ? refusalPage(c, refused, (Message) => ({ Code: refused.status, Message })) : next();
  });
  /** Its server calls as account `default`. */
  function others({ headers }: RawIncoming) {
    const held = heldAccount(headers, deps.options);
    const own = held && deps.accounts.named(held);
    const why = own && outside({ own, named: DEFAULT_ACCOUNT, path: '/demo/' });
    return why ? notTheirs(why) : undefined;
  }
  app.get('/demo/', (c) => {
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`${pathname.endsWith('/') ? '' : 'demo/'}saf.html${search}`);
  });
  app.get('/demo/saf.html', (c) => {
    const lang = langOf(c.req.raw);
    const look = { scripts: [MERCHANT_SCRIPT], style: MERCHANT_STYLE, frames: ["'self'"] };
    return page(c, { title: MERCHANT_TITLE[lang], body: merchantBody(lang), ownScriptFiles: true, ...look });
  });
  app.post('/demo/init', (c) => relay(c, 'initH5', ['name', 'certNumber', 'metainfo']));
  app.post('/demo/query', (c) => relay(c, 'queryH5', ['bizId', 'zimId', 'returnImage']));

  async function relay(c: Context<PagesEnv>, method: string, names: readonly string[]) {
    const form = await formOf(c);
    if (form === 'too large') return c.json({ Code: 413, Message: 'too large' }, 413);
    const members = Object.fromEntries(names.map((name) => [name, form.get(name) ?? undefined]));
    const answer = await deps.call(signed({ method, ...members }));
    return c.body(await answer.text(), 200, { 'content-type': 'application/json; charset=utf-8' });
  }

  function signed(members: Record<string, unknown>): Request {
    const params = new Map([
      ['Action', 'ExecuteRequest'],
      ['Version', '2017-03-31'],
      ['Service', 'face_verify'],
      ['ServiceParameters', JSON.stringify(members)],
      ['Format', 'JSON'],
      ['AccessKeyId', DEFAULT_ACCESS_KEY_ID],
      ['SignatureMethod', 'HMAC-SHA1'],
      ['SignatureVersion', '1.0'],
      ['SignatureNonce', deps.ids.requestId()],
      ['Timestamp', isoSeconds(deps.wallClock.now())],
    ]);
    params.set(
      'Signature',
      rpcSignature(rpcStringToSign('POST', params), deps.accounts(DEFAULT_ACCESS_KEY_ID)?.secret ?? ''),
    );
    return new Request('http://localhost/', { method: 'POST', body: new URLSearchParams([...params]) });
  }
  return app;
}
