/** What was called: the journal, its stream, its figures, and assertions on it. */
import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { signedCurl } from '../control/curl.js';
import { type Control, ControlError } from '../control/verbs.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf, langOf, translatorOf } from './given.js';
import { EVENT_HEADERS, eventStreams, TOO_MANY } from './stream.js';

/** Nobody sees the difference, and of many calls in a row each need not wake every reader. */
const REST_MS = 200;

const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

export function journalRoutes({ control, accountOf, baseUrl, callerOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  const stream = eventStreams();
  app.get('/events', async (c) => {
    const last = c.req.query('last');
    if (last !== undefined && !/^\d{1,7}$/.test(last)) throw new ControlError('last must be a whole number');
    const only = c.req.query('only');
    if (only !== undefined && only !== 'kept') throw new ControlError(`only can only be 'kept'`);
    const reading = {
      after: c.req.header('last-event-id'),
      before: c.req.query('before'),
      brief: c.req.query('brief') !== undefined,
      last: last === undefined ? undefined : Number(last),
      only,
      lang: langOf(c),
      restMs: REST_MS,
    } as const;
    const account = accountOf(c);
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, EVENT_HEADERS);
    const opened = stream((signal) => control.eventTexts(account, { ...reading, signal }));
    return opened ?? c.json({ error: (await translatorOf(c))(TOO_MANY) }, 503);
  });
  app.get('/requests', async (c) => {
    const { operation, code, trace } = c.req.query();
    return c.json(await control.requests(accountOf(c), { operation, code, trace, lang: langOf(c) }));
  });
  const noRequest = (c: Context) =>
    new ControlError(`no request ${c.req.param('id')} in the journal of ${accountOf(c)}`, 404);
  app.get('/requests/:id', async (c) => {
    const entry = await control.entry(accountOf(c), Number(c.req.param('id')), langOf(c));
    if (!entry) throw noRequest(c);
    return c.json(entry);
  });
  app.get('/requests/:id/curl', async (c) => {
    const request = await control.request(accountOf(c), Number(c.req.param('id')));
    if (!request) throw noRequest(c);
    return c.text(signedCurl(request, baseUrl(), (id) => callerOf(id)?.secret));
  });
  app.post('/requests/:id/replay', async (c) => {
    await bodyOf(c.req.raw, []);
    return c.json(await control.replay(accountOf(c), Number(c.req.param('id')), langOf(c)));
  });
  app.get('/metrics', async (c) => c.body(await control.metrics(), 200, { 'content-type': PROMETHEUS }));
  app.get('/callbacks', async (c) => c.json(await control.callbacks(accountOf(c), langOf(c))));
  app.post('/verify', async (c) => {
    const verdict = await control.verify(accountOf(c), expectationOf(await bodyOf(c.req.raw, ['on', 'when', 'times'])));
    return c.json(verdict, verdict.ok ? 200 : 406);
  });
  return app;
}

function expectationOf({
  on,
  when,
  times,
}: Partial<Record<'on' | 'when' | 'times', unknown>>): Parameters<Control['verify']>[1] {
  if (typeof on !== 'string' || on === '')
    throw new ControlError('on must name an operation, e.g. GetVerifyToken or saf/2017-03-31/face_verify.*');
  if (times !== undefined && !(Number.isInteger(times) && (times as number) >= 0))
    throw new ControlError('times must be a whole number');
  return { on, when: when as Parameters<Control['verify']>[1]['when'], times: times as number | undefined };
}
