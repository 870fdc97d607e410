/** What GetStatus and GetMaterials share: a task as it stands, finished by the simulated person where nobody else does. */
import type { Context } from '../../gateway/context.js';
import type { Verification } from '../../verification/verification.js';
import { finished } from '../simulated-person.js';
import { cloudauthTask } from './task.js';

/** @returns undefined when there is none */
export async function askTask(biz: string, ticketId: string, context: Context): Promise<Verification | undefined> {
  const asked = await context.store.verifications.ask({ kind: cloudauthTask.name, scope: biz, name: ticketId });
  return asked && finished(cloudauthTask, asked, context);
}
