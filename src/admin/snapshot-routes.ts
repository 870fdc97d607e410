/** Snapshots of an account: saved, brought back, compared, dropped, opened as another account. */
import { Hono } from 'hono/tiny';
import { ControlError } from '../control/verbs.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf } from './given.js';

export function snapshotRoutes({ control, accountOf, callerOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/snapshots', async (c) => c.json(await control.snapshots(accountOf(c))));
  app.get('/snapshots/:name', async (c) =>
    c.json({ name: c.req.param('name'), rows: await control.snapshot(accountOf(c), c.req.param('name')) }),
  );
  app.post('/snapshots/:name', async (c) => {
    await bodyOf(c.req.raw, []);
    const { name } = c.req.param();
    return c.json({ saved: name, rows: await control.saveSnapshot(accountOf(c), name) }, 201);
  });
  app.delete('/snapshots/:name', async (c) => {
    const { name } = c.req.param();
    await control.deleteSnapshot(accountOf(c), name);
    return c.json({ deleted: name });
  });
  app.get('/snapshots/:name/diff', async (c) =>
    c.json(await control.compareSnapshots(accountOf(c), c.req.param('name'), c.req.query('with'))),
  );
  app.post('/snapshots/:name/restore', async (c) => {
    await bodyOf(c.req.raw, []);
    const { name } = c.req.param();
    return c.json({ restored: name, rows: await control.restoreSnapshot(accountOf(c), name) });
  });
  app.post('/snapshots/:name/open', async (c) => {
    const { as } = await bodyOf(c.req.raw, ['as']);
    if (typeof as !== 'string') throw new ControlError('as must name the account it is opened as');
    const { name } = c.req.param();
    const other = callerOf.named(as);
    return c.json({ opened: name, account: other, rows: await control.openSnapshot(accountOf(c), name, other) }, 201);
  });
  return app;
}
