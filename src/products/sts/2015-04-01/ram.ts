/** Who is who in RAM here. Its ids are made from what they name: the same role or user always has the same. */
import { createHash } from 'node:crypto';
import { UID } from '../../../verification/buckets.js';

/** Eighteen digits, as RAM's ids have. @param kind the first of them */
const ramId = (kind: 2 | 3, name: string): string => {
  const number = createHash('sha256').update(name).digest().readBigUInt64BE();
  return `${kind}${String(number % 10n ** 17n).padStart(17, '0')}`;
};

export interface Role {
  /** The number of the Alibaba Cloud account the role is in. */
  readonly uid: string;
  readonly name: string;
  /** Of the session. */
  readonly session: string;
  readonly roleId: string;
}

const ROLE = /^acs:ram::(\d+):role\/([^/]+)\/(.+)$/;

/** @param arn of a session: `acs:ram::<uid>:role/<role>/<session>` */
export function roleOf(arn: string): Role {
  const [, uid = '', name = '', session = ''] = ROLE.exec(arn) ?? [];
  return { uid, name, session, roleId: ramId(3, `${uid}/${name.toLowerCase()}`) };
}

/**
 * The keys of an account are those of a RAM user: STS lets no main account assume a role. Every account has the number its
 * buckets have.
 */
export const userOf = (account: string) => ({
  uid: UID,
  userId: ramId(2, account),
  arn: `acs:ram::${UID}:user/${account.replace(/[^\w.-]/g, '-')}`,
});
