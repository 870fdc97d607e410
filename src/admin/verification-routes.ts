/** Verifications, and how they end. */
import { Hono } from 'hono/tiny';
import { ControlError } from '../control/verbs.js';
import { maskIdNumbers } from '../platform/redact.js';
import { kinds } from '../products/kinds.js';
import { ENDS, isEnd } from '../verification/outcome.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf } from './given.js';

export function verificationRoutes({ control, accountOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
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
    return c.json({ id, end, product: await control.conclude(accountOf(c), one, end, { reason, counts }) });
  });
  return app;
}
