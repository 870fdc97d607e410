/** State of an account: reset, clock, snapshots, coverage. */
import { Hono } from 'hono/tiny';
import { ControlError } from '../control/verbs.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf, textOrNumber } from './given.js';

export function stateRoutes({ control, accountOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
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
  return app;
}
