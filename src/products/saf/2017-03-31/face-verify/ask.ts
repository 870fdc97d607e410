/** What query and queryH5 share: the state of a session, finished by the simulated person where nobody else does. */
import type { Context } from '../../../../gateway/context.js';
import { text } from '../../../../gateway/fields.js';
import type { Session } from '../../../../store/sessions.js';
import { FACE_JPEG } from '../../../../verification/face.js';
import { isDue } from '../../../../verification/progression.js';
import { isAlive } from '../../../../verification/verification.js';
import { magicOutcome, PASS } from '../../../magic.js';
import { queryErrors } from '../codes.js';

export const askResponse = { image: text({ optional: true, example: '_9j_4AAQSkZJRgABAQAASABIAAD....' }) };

/** `"1"` or `1` asks for the picture. */
export const returnImage = text({ example: '1' });

export async function ask(
  channel: Session['channel'],
  id: string,
  bizId: string,
  withImage: boolean,
  context: Context<typeof queryErrors>,
): Promise<{ image?: string }> {
  const { store, fail } = context;
  const asked = await store.sessions.ask(channel, id, bizId);
  if (!asked) return fail('Z8301', {}, 'unknown-or-mismatched-ids');
  const session = asked.status === 'created' ? await finish(asked, context) : asked;
  if (session.status === 'created' || session.status === 'quit') return fail('300');
  if (session.status === 'failed') return fail((session.reason ?? 'Z1146') as QueryCode);
  if (!withImage) return {};
  return { image: Buffer.from((await context.photos.frame(id)) ?? FACE_JPEG).toString('base64url') };
}

type QueryCode = keyof typeof queryErrors;

/**
 * What a scenario orders comes before what the person's name or number asks for, that before a plain pass. Nobody
 * finishes for a person whose page is open.
 */
async function finish(session: Session, { store, clock, behaviour, outcome, note }: Context): Promise<Session> {
  const now = clock.now();
  const due = isAlive(session.expires_at, now) && isDue(behaviour.device, session.created_at, now, session.asked);
  const alone = outcome ? undefined : due && !(await store.visits.isOpen(session.id));
  const end = outcome ?? (alone ? (magicOutcome(session.name, session.cert_number) ?? PASS) : undefined);
  if (end?.kind === 'expire') await store.sessions.expire(session.id, now);
  if (end?.kind !== 'pass' && end?.kind !== 'fail') return session;
  const reason =
    end.kind === 'fail'
      ? end.reason !== undefined && Object.hasOwn(queryErrors, end.reason)
        ? end.reason
        : 'Z1146'
      : null;
  const finished = await store.sessions.conclude(session.id, end.kind === 'pass' ? 'passed' : 'failed', reason, now);
  if (finished && !outcome) note('simulated-device');
  return finished ?? (await store.sessions.find(session.id)) ?? session;
}
