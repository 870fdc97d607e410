/** Ends a verification, and says what the client SDK would report. */
import type { VerificationView } from '../../../../control/verbs.js';
import type { End } from '../../../../verification/outcome.js';
import { attempt, post, say } from '../api.js';
import { load } from './list.js';
import { t } from './texts.js';

export type How = End;

/** One at a time: a second tap ends nothing again. */
let underWay = false;

/** @param reason to fail for; default the usual one */
export async function end({ id, handle }: VerificationView, how: How, reason = ''): Promise<void> {
  if (underWay) return;
  underWay = true;
  const given = how === 'fail' && reason !== '' ? { reason } : {};
  await attempt(async () => {
    // what is tried by hand must not lock a person out
    const order = { ...given, counts: false };
    const { client } = await post<{ client: string }>(`verifications/${encodeURIComponent(handle)}/${how}`, order);
    say(`${id}: ${t(DONE[how])}. ${t('reports')} ${client}`);
  });
  underWay = false;
  await load(true);
}

const DONE = { pass: 'passed', fail: 'failed', quit: 'leftIt', expire: 'expired' } as const;
