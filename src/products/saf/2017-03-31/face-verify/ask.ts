/** What query and queryH5 share: the state of a session, finished by the simulated person where nobody else does. */
import type { Context } from '../../../../gateway/context.js';
import { text } from '../../../../gateway/fields.js';
import { FACE_JPEG } from '../../../../verification/face.js';
import { finished } from '../../../simulated-person.js';
import { type Channel, FACE_FAILED, safSession } from '../../session.js';
import type { queryErrors } from '../codes.js';

export const askResponse = { image: text({ optional: true, example: '_9j_4AAQSkZJRgABAQAASABIAAD....' }) };

/** `"1"` or `1` asks for the picture. */
export const returnImage = text({ also: 'number', example: '1' });

export async function ask(
  channel: Channel,
  id: string,
  bizId: string,
  withImage: boolean,
  context: Context<typeof queryErrors>,
): Promise<{ image?: string }> {
  const { store, fail } = context;
  const asked = await store.verifications.ask({ kind: safSession.name, scope: channel, name: bizId, id });
  if (!asked) return fail('Z8301', {}, 'no-session');
  const { status, reason } = await finished(safSession, asked, context);
  if (status === 'failed') return fail((reason ?? FACE_FAILED) as keyof typeof queryErrors);
  if (status !== 'passed') return fail('300');
  if (!withImage) return {};
  return { image: Buffer.from((await context.photos.frame(id)) ?? FACE_JPEG).toString('base64url') };
}
