/** Rules of an account: given, changed, switched, taken away; and why some never fired. */
import { Hono } from 'hono/tiny';
import type { FurtherFailures } from '../scenarios/intervene.js';
import type { Env, RoutesDeps } from './deps.js';
import { bodyOf, textOf, textOrNumber, translatorOf } from './given.js';

/** How often and how late is checked where it is ordered. */
const furtherOf = ({ times, delay }: { times?: unknown; delay?: unknown }): FurtherFailures => ({
  times: times as number | undefined,
  delay: delay === undefined ? undefined : textOrNumber('delay', delay),
});

export function scenarioRoutes({ control, accountOf }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/scenarios', async (c) => c.json(await control.rules(accountOf(c))));
  app.post('/scenarios', async (c) => {
    const added = await control.addScenario(accountOf(c), await textOf(c.req.raw));
    return c.json({ added }, 201);
  });
  app.delete('/scenarios', async (c) => {
    await control.clearScenarios(accountOf(c));
    return c.json({ cleared: accountOf(c) });
  });
  app.post('/fail-next', async (c) => {
    const { operation, code, ...further } = await bodyOf(c.req.raw, ['operation', 'code', 'times', 'delay']);
    await control.failNext(accountOf(c), operation as string, code as string, furtherOf(further));
    return c.json({ operation, code, ...further }, 201);
  });

  app.get('/scenarios/catalogue', async (c) => c.json(await control.catalogue(accountOf(c))));
  app.get('/scenarios/never-fired', async (c) => {
    const t = await translatorOf(c);
    const told = await control.neverFired(accountOf(c));
    return c.json(told.map((one) => ({ ...one, because: t(one.because) })));
  });
  app.put('/scenarios/:name', async (c) => {
    const { name } = c.req.param();
    await control.replaceRule(accountOf(c), name, await textOf(c.req.raw));
    return c.json({ replaced: name });
  });
  app.delete('/scenarios/:name', async (c) => {
    const { name } = c.req.param();
    await control.removeRule(accountOf(c), name);
    return c.json({ deleted: name });
  });
  for (const way of ['on', 'off'] as const)
    app.post(`/scenarios/:name/${way}`, async (c) => {
      await bodyOf(c.req.raw, []);
      const { name } = c.req.param();
      await control.switchRules(accountOf(c), name, way === 'on');
      return c.json({ name, [way]: true });
    });
  return app;
}
