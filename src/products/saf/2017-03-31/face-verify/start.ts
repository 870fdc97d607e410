/** What init and initH5 share: both open a session; only the name of its id differs. */
import type { Context } from '../../../../gateway/context.js';
import type { ErrorTable } from '../../../../gateway/errors.js';
import { text } from '../../../../gateway/fields.js';
import { type Channel, FACE_FAILED, safSession } from '../../session.js';

/** Any non-empty name, certNumber and metainfo is accepted: the document's own examples would fail a check digit. */
export const startParams = {
  certNumber: text({ required: true, missing: '400', example: '330103xxxxxxxxxxxx' }),
  name: text({ required: true, missing: '400', example: '张三' }),
  metainfo: text({ required: true, missing: '510', also: 'object', example: '{"appName":"demo"}' }),
  bizId: text({ note: 'before 2018-12-20 the merchant chose it; it is echoed when sent' }),
};

interface Person {
  readonly certNumber: string;
  readonly name: string;
  readonly bizId?: string;
}

const DAY_MS = 86_400_000;
/** The documents give face_verify no lifetime; fin_face_verify's 30 minutes are assumed (guessed). */
const SESSION_MS = 30 * 60_000;

export async function start<E extends ErrorTable & Record<'540', E['540']>>(
  channel: Channel,
  { certNumber, name, bizId }: Person,
  { store, clock, ids, behaviour, fail }: Context<E>,
): Promise<{ id: string; bizId: string }> {
  const now = clock.now();
  const { failureLimit } = behaviour;
  const failures = async () =>
    store.verifications.failuresSince(safSession.name, certNumber, [FACE_FAILED], now - DAY_MS);
  if (failureLimit > 0 && (await failures()) >= failureLimit)
    return fail('540', {}, ['failure-limit', { limit: failureLimit }]);
  const session = { kind: safSession.name, id: ids.token(), name: bizId ?? ids.bizId(now), scope: channel };
  const person = { subject: certNumber, person: name };
  const life = { issued_at: now, expires_at: now + SESSION_MS };
  await store.write(...store.verifications.addRows({ ...session, ...person, ...life, shared: false, data: '{}' }));
  return { id: session.id, bizId: session.name };
}
