/** What the emulator knows: operations, errors, identities, its CA. */
import { Hono } from 'hono/tiny';
import { errors, operations } from '../control/catalogue.js';
import { ControlError } from '../control/verbs.js';
import { versions } from '../products/index.js';
import { identities, pictures, testValues } from '../products/magic.js';
import { ownIdentities } from '../products/people.js';
import type { Env, RoutesDeps } from './deps.js';
import { translatorOf } from './given.js';

export function catalogueRoutes({ ca, people }: RoutesDeps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/operations', (c) => c.json(operations(versions)));
  app.get('/errors', async (c) => {
    const t = await translatorOf(c);
    return c.json(errors(versions, c.req.query('q')).map((error) => ({ ...error, when: t(error.when) })));
  });
  app.get('/identities', async (c) => {
    const t = await translatorOf(c);
    return c.json(
      [...ownIdentities(people), ...identities, ...testValues, ...pictures].map((each) => ({
        ...each,
        meaning: t(each.meaning),
      })),
    );
  });
  app.get('/ca.crt', (c) => {
    const pem = ca();
    if (pem === undefined) throw new ControlError('there is no CA without https; start the emulator with --https', 404);
    return c.body(pem, 200, { 'content-type': 'application/x-x509-ca-cert' });
  });
  return app;
}
