/** State of an account: reset, clock, coverage, what would be billed. */
import { Hono } from 'hono/tiny';
import { ControlError } from '../control/verbs.js';
import { lazy } from '../platform/lazy.js';
import type { Translate } from '../platform/translate.js';
import type { Coverage } from '../scenarios/coverage.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf, langOf, textOrNumber, translatorOf } from './given.js';

const report = lazy(() => import('../pages/coverage/report.js'));

const inWordsOf = (seen: Coverage, t: Translate): Coverage => ({
  ...seen,
  operations: seen.operations.map(({ operation, outcomes }) => ({
    operation,
    outcomes: outcomes.map((one) => (one.when === undefined ? one : { ...one, when: t(one.when) })),
  })),
});

export function stateRoutes({ control, accountOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/reset', async (c) => {
    await bodyOf(c.req.raw, []);
    const account = accountOf(c);
    return c.json({ reset: account, ...(await control.resetToUndo(account)) });
  });
  app.post('/reset/undo', async (c) => {
    const { undo } = await bodyOf(c.req.raw, ['undo']);
    if (typeof undo !== 'string') throw new ControlError('undo must be what POST reset answered');
    const account = accountOf(c);
    return c.json({ undone: account, rows: await control.undoReset(account, undo) });
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

  app.get('/coverage', async (c) => {
    const account = accountOf(c);
    const seen = inWordsOf(await control.coverage(account), await translatorOf(c));
    const format = c.req.query('format') ?? 'json';
    if (format === 'json') return c.json(seen);
    if (format !== 'html') throw new ControlError("format can only be 'json' or 'html'");
    return (await report()).coveragePage(c, seen, account, langOf(c));
  });
  app.get('/billing', async (c) => {
    const { operations, ...sums } = await control.billing(accountOf(c));
    const t = await translatorOf(c);
    return c.json({ ...sums, operations: operations.map((one) => ({ ...one, rule: t(one.rule) })) });
  });
  return app;
}
