/** The control side over HTTP: thin routes over {@link Control}. Loaded by the first request to it. */
import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono/tiny';
import { errors, operations } from '../control/catalogue.js';
import { signedCurl } from '../control/curl.js';
import { type GuardOptions, pageRefusal, refusal } from '../control/guard.js';
import { onlyMembers } from '../control/members.js';
import { type Control, ControlError } from '../control/verbs.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { phone } from '../pages/phone/routes.js';
import { refusalPage } from '../pages/ui/refusal.js';
import { collect } from '../platform/collect.js';
import { flat } from '../platform/flat.js';
import { HINT_HEADER, hintText, sentences } from '../platform/hint.js';
import { InputError } from '../platform/input-error.js';
import { parseJson } from '../platform/json.js';
import type { Lang } from '../platform/language.js';
import { nearest } from '../platform/nearest.js';
import { maskIdNumbers } from '../platform/redact.js';
import { type Translate, translator } from '../platform/translate.js';
import { versions } from '../products/index.js';
import { identities, pictures, testValues } from '../products/magic.js';
import { StorageError } from '../store/database.js';
import { ENDS, isEnd } from '../verification/outcome.js';

export interface AdminDeps {
  readonly control: Control;
  readonly guard: GuardOptions;
  accounts(): readonly string[];
  /** Whose an AccessKeyId is. */
  callerOf(accessKeyId: string): { readonly account: string; readonly secret: string } | undefined;
  baseUrl(): string;
}

type Env = { Bindings: { incoming?: IncomingMessage & { rawHost?: string } } };

const MAX_BODY = 1024 * 1024;

export function createAdmin({ control, guard, accounts, callerOf, baseUrl }: AdminDeps): Hono<Env> {
  const app = new Hono<Env>().basePath('/_mock');
  /** `?account=` takes an AccessKeyId, or the account's own name. */
  const shownAccount = (c: { req: { query(name: string): string | undefined } }) => {
    const named = c.req.query('account') || DEFAULT_ACCOUNT;
    return callerOf(named)?.account ?? flat(named);
  };
  const accountOf = (c: Parameters<typeof shownAccount>[0]): string => {
    const account = shownAccount(c);
    if (callerOf(account) || accounts().includes(account)) return account;
    const near = nearest(account, accounts());
    throw new ControlError(
      `nobody has called by the name '${account.slice(0, 100)}'; ${near ? `did you mean ${near}?` : 'GET /_mock/accounts lists who has'}`,
      404,
    );
  };

  app.use(async (c, next) => {
    const incoming = c.env?.incoming;
    if (!incoming) return next();
    const caller = [incoming.headers, incoming.rawHost ?? incoming.headers.host ?? '', guard] as const;
    if (/^\/_mock\/phone\/?$/.test(c.req.path) || (/^\/_mock\/?$/.test(c.req.path) && isForPeople(c))) {
      const refused = pageRefusal(...caller);
      return refused ? refusalPage(c, refused, (error) => ({ error })) : next();
    }
    const why = refusal(...caller);
    return why === undefined ? next() : c.json({ error: (await translatorOf(c))(why) }, 403);
  });
  app.onError(async (error, c) => {
    if (error instanceof InputError)
      return c.json(
        { error: (await translatorOf(c))(error.message) },
        error instanceof ControlError ? error.status : 400,
      );
    if (error instanceof StorageError) return c.json({ error: (await translatorOf(c))(error.message) }, 503);
    throw error;
  });

  const index = () =>
    app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/_mock')
      .map(({ method, path }) => `${method} ${path}`);
  app.get('/', (c) => {
    const { pathname, search } = new URL(c.req.url);
    return isForPeople(c)
      ? c.redirect(`${pathname.endsWith('/') ? '' : '_mock/'}phone${search}`)
      : c.json({ paths: index() });
  });
  // any id beginning LTAImock is an account: an empty list may be a slip
  app.use(async (c, next) => {
    await next();
    const account = shownAccount(c);
    if (
      c.req.method !== 'GET' ||
      c.req.query('account') === undefined ||
      c.res.status !== 200 ||
      accounts().includes(account)
    )
      return;
    c.header(HINT_HEADER, hintText(await sentences([['nobody-called', { account }]])));
  });

  app.get('/operations', (c) => c.json(operations(versions)));
  app.get('/errors', async (c) => {
    const t = await translatorOf(c);
    return c.json(errors(versions, c.req.query('q')).map((error) => ({ ...error, when: t(error.when) })));
  });
  app.get('/identities', async (c) => {
    const t = await translatorOf(c);
    return c.json([...identities, ...testValues, ...pictures].map((each) => ({ ...each, meaning: t(each.meaning) })));
  });
  app.get('/accounts', (c) => c.json(accounts().map(maskIdNumbers)));
  app.post('/reset', async (c) => {
    await bodyOf(c.req.raw, []);
    await control.reset(accountOf(c));
    return c.json({ reset: accountOf(c) });
  });

  app.get('/clock', (c) => c.json(control.now(accountOf(c))));
  app.post('/clock', async (c) => {
    const { advance, set, freeze } = await bodyOf(c.req.raw, ['advance', 'set', 'freeze']);
    if (advance === undefined && set === undefined && freeze === undefined)
      throw new ControlError('give advance (“31m”), set (an instant) or freeze (true or false)');
    if (freeze !== undefined && typeof freeze !== 'boolean') throw new ControlError('freeze must be true or false');
    if (set !== undefined && advance !== undefined) throw new ControlError('give either set or advance');
    if (set !== undefined) await control.setClock(accountOf(c), textOrNumber('set', set), freeze);
    else if (advance !== undefined) await control.advance(accountOf(c), textOrNumber('advance', advance), freeze);
    else await control.freeze(accountOf(c), freeze === true);
    return c.json(control.now(accountOf(c)));
  });

  app.get('/scenarios', (c) => c.json(control.rules(accountOf(c))));
  app.post('/scenarios', async (c) => {
    const added = await control.addScenario(accountOf(c), await textOf(c.req.raw));
    return c.json({ added }, 201);
  });
  app.delete('/scenarios', async (c) => {
    await control.clearScenarios(accountOf(c));
    return c.json({ cleared: accountOf(c) });
  });

  /** An id as the list shows it stands for the latest verification it may be. */
  async function meant(account: string, id: string): Promise<string> {
    if (!id.includes('*')) return id;
    const listed = await control.listed(account);
    return listed.find(({ view }) => maskIdNumbers(view.id) === id)?.exact ?? id;
  }
  app.get('/verifications', async (c) => {
    const status = c.req.query('status');
    if (status !== undefined && status !== 'open') throw new ControlError(`status can only be 'open'`);
    const views = await control.verifications(accountOf(c), status);
    return c.json(views.map((view) => ({ ...view, id: maskIdNumbers(view.id), detail: maskIdNumbers(view.detail) })));
  });
  app.post('/verifications/:id/:end', async (c) => {
    const { id, end } = c.req.param();
    if (!isEnd(end)) throw new ControlError(`'${end}' is not one of ${ENDS.join(', ')}`, 404);
    const { reason, counts } = await bodyOf(c.req.raw, ['reason', 'counts']);
    if (reason !== undefined && typeof reason !== 'string') throw new ControlError('reason must be text');
    if (counts !== undefined && typeof counts !== 'boolean') throw new ControlError('counts must be true or false');
    const one = await meant(accountOf(c), id);
    return c.json({ id, end, product: await control.conclude(accountOf(c), one, end, { reason, counts }) });
  });

  app.route('/', phone({ control, accounts, accountOf: shownAccount, baseUrl }));

  app.get('/requests', async (c) => {
    const { operation, code } = c.req.query();
    return c.json(await control.requests(accountOf(c), { operation, code, lang: langOf(c) }));
  });
  app.get('/requests/:id/curl', (c) => {
    const request = control.request(accountOf(c), Number(c.req.param('id')));
    if (!request) throw new ControlError(`no request ${c.req.param('id')} in the journal of ${accountOf(c)}`, 404);
    return c.text(signedCurl(request, baseUrl(), (id) => callerOf(id)?.secret));
  });
  app.get('/callbacks', async (c) => c.json(await control.callbacks(accountOf(c), langOf(c))));
  app.post('/verify', async (c) => {
    const verdict = await control.verify(accountOf(c), expectationOf(await bodyOf(c.req.raw, ['on', 'when', 'times'])));
    return c.json(verdict, verdict.ok ? 200 : 406);
  });

  app.get('/snapshots', async (c) => c.json(await control.snapshots(accountOf(c))));
  app.get('/snapshots/:name', async (c) =>
    c.json({ name: c.req.param('name'), rows: await control.snapshot(accountOf(c), c.req.param('name')) }),
  );
  app.post('/snapshots/:name', async (c) => {
    await bodyOf(c.req.raw, []);
    const { name } = c.req.param();
    return c.json({ saved: name, rows: await control.saveSnapshot(accountOf(c), name) }, 201);
  });
  app.post('/snapshots/:name/restore', async (c) => {
    await bodyOf(c.req.raw, []);
    const { name } = c.req.param();
    return c.json({ restored: name, rows: await control.restoreSnapshot(accountOf(c), name) });
  });
  app.get('/coverage', (c) => c.json(control.coverage(accountOf(c))));
  app.notFound(async (c) => {
    const t = await translatorOf(c);
    return c.json({ error: t('no such path under /_mock; see docs/control-api.md'), paths: index() }, 404);
  });
  return app;
}

/** Programs are answered in English unless they ask for Chinese. */
const langOf = (c: { req: { query(name: string): string | undefined } }): Lang =>
  c.req.query('lang') === 'zh' ? 'zh' : 'en';

const translatorOf = (c: Parameters<typeof langOf>[0]): Promise<Translate> => translator(langOf(c));

const isForPeople = (c: { req: { header(name: string): string | undefined } }): boolean =>
  /\btext\/html\b/.test(c.req.header('accept') ?? '');

async function textOf(request: Request): Promise<string> {
  const tooLong = () => new ControlError('the body is larger than 1 MB');
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) throw tooLong();
  return (await collect((request.body as AsyncIterable<Uint8Array> | null) ?? [], MAX_BODY, tooLong)).toString('utf8');
}

/** @param known the members it may have. @throws ControlError */
const bodyOf = async <K extends string>(request: Request, known: readonly K[]): Promise<Partial<Record<K, unknown>>> =>
  onlyMembers(objectOf(await textOf(request)), known);

function objectOf(text: string): object {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new ControlError('the body must be a JSON object');
}

function textOrNumber(name: string, value: unknown): string | number {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new ControlError(`${name} must be text or a number`);
  return value;
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
