/** Every kind of verification there is. Adding one is adding a file and a line here. */
import { classicVerification } from './cloudauth/classic.js';
import { financialGrade } from './cloudauth/financial-grade.js';
import { cloudauthTask } from './cloudauth/task.js';
import { safSession } from './saf/session.js';
import type { VerificationKind } from './verification-kind.js';

export const kinds: readonly VerificationKind[] = [cloudauthTask, safSession, financialGrade, classicVerification];

const byName = new Map(kinds.map((kind) => [kind.name, kind]));

/** @param name as the table holds it: what nobody knows was written by nobody */
export const kindOf = (name: string): VerificationKind => byName.get(name)!;
