/** Verifications, and how they end. */
import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { ControlError, type VerificationView } from '../control/verbs.js';
import { addressElsewhere, qrCode } from '../pages/ui/elsewhere.js';
import { maskIdNumbers } from '../platform/redact.js';
import { kindOf, kinds } from '../products/kinds.js';
import { clientReport } from '../products/verification-kind.js';
import { ENDS, isEnd } from '../verification/outcome.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf, langOf } from './given.js';

export function verificationRoutes({ control, accountOf, guard }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  /** An id as the list shows it stands for the latest verification it may be. */
  async function meant(account: string, id: string): Promise<string> {
    if (!id.includes('*')) return id;
    const listed = await control.listed(account);
    return listed.find(({ view }) => maskIdNumbers(view.id) === id)?.exact ?? id;
  }
  app.get('/verifications', async (c) => {
    const { status, q, limit, after } = c.req.query();
    const { listed, next, total } = await control.page(accountOf(c), {
      status: status as 'open' | undefined,
      q: q || undefined,
      ...(limit !== undefined && { limit: wholeNumber(limit) }),
      ...(after !== undefined && { after: wholeNumber(after) }),
    });
    if (total) c.header('x-total-count', `${total.n}${total.orMore ? '+' : ''}`);
    if (next !== undefined) c.header('link', `<?${nextQuery(c.req.url, next)}>; rel="next"`);
    return c.json(listed.map(({ view }) => ({ ...view, ...masked(view) })));
  });
  /** One of them, and where another device opens its page. */
  async function detail(c: Context<Env, '/:id'>) {
    const account = accountOf(c);
    const one = await control.verification(account, await meant(account, c.req.param('id')), langOf(c));
    const { pathname, search } = new URL(one.page ?? '/', c.req.url);
    const elsewhere = one.page && addressElsewhere(new URL(pathname + search, c.req.url).href, guard);
    return { ...one, ...masked(one), ...(elsewhere && { elsewhere }) };
  }
  app.get('/verifications/:id', async (c) => c.json(await detail(c)));
  app.get('/verifications/:id/qr', async (c) => {
    const { id, page, elsewhere } = await detail(c);
    if (page === undefined) throw new ControlError(`verification '${id}' has no page`, 404);
    if (elsewhere === undefined)
      throw new ControlError(
        `the emulator is bound to ${guard.host}, where no other device reaches it; start it with --host 0.0.0.0, or with --public-url`,
        404,
      );
    return c.body(await qrCode(elsewhere), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' });
  });
  app.get('/reasons', (c) =>
    c.json(
      Object.fromEntries(
        kinds.map(({ name, endings }) => [name, endings.reasons.map(({ reason, text }) => ({ reason, text }))]),
      ),
    ),
  );
  app.post('/verifications/:id/:end', async (c) => {
    const { id, end } = c.req.param();
    if (!isEnd(end)) throw new ControlError(`'${end}' is not one of ${ENDS.join(', ')}`, 404);
    const { reason, counts } = await bodyOf(c.req.raw, ['reason', 'counts']);
    if (reason !== undefined && typeof reason !== 'string') throw new ControlError('reason must be text');
    if (counts !== undefined && typeof counts !== 'boolean') throw new ControlError('counts must be true or false');
    const one = await meant(accountOf(c), id);
    const product = await control.conclude(accountOf(c), one, end, { reason, counts });
    return c.json({ id, end, product, client: clientReport(kindOf(product), end) });
  });
  return app;
}

const masked = ({ id, detail }: VerificationView) => ({ id: maskIdNumbers(id), detail: maskIdNumbers(detail) });

const wholeNumber = (text: string): number => (/^\d{1,16}$/.test(text) ? Number(text) : Number.NaN);

/** The same question behind the last row, relative to the address that was asked. */
function nextQuery(url: string, after: number): URLSearchParams {
  const { searchParams } = new URL(url);
  searchParams.set('after', String(after));
  return searchParams;
}
