/** What query and queryH5 share: the state of a session, finished by the simulated person where nobody else does. */
import type { Context } from '../../../../gateway/context.js';
import { text } from '../../../../gateway/fields.js';
import type { Session } from '../../../../store/sessions.js';
import { FACE_JPEG } from '../../../../verification/face.js';
import { isDue } from '../../../../verification/progression.js';
import { isAlive } from '../../../../verification/verification.js';
import type { queryErrors } from '../codes.js';

export const askResponse = { image: text({ optional: true, example: '_9j_4AAQSkZJRgABAQAASABIAAD....' }) };

/** `"1"` or `1` asks for the picture. */
export const returnImage = text({ example: '1' });

export async function ask(
  channel: Session['channel'],
  id: string,
  bizId: string,
  withImage: boolean,
  { store, clock, behaviour, fail, note }: Context<typeof queryErrors>,
): Promise<{ image?: string }> {
  let session = await store.sessions.ask(channel, id, bizId);
  if (!session) return fail('Z8301', {}, 'unknown-or-mismatched-ids');
  const now = clock.now();
  if (
    session.status === 'created' &&
    isAlive(session.expires_at, now) &&
    isDue(behaviour.device, session.created_at, now, session.asked)
  ) {
    const finished = await store.sessions.conclude(id, 'passed', null, now);
    if (finished) note('simulated-device');
    session = finished ?? (await store.sessions.find(id)) ?? session;
  }
  if (session.status === 'created') return fail('300');
  if (session.status === 'failed') return fail((session.reason ?? 'Z1146') as keyof typeof queryErrors);
  return withImage ? { image: FACE_JPEG.toString('base64url') } : {};
}
