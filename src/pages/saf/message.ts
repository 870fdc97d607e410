/**
 * What the page in the iframe posts to its parent, as the page “Web端接入” prints it: a JSON string of three members. It
 * prints one failure, Z1141; the others carry the resultMsgSub of their row in the query table (inferred).
 */
import { queryErrors } from '../../products/saf/2017-03-31/codes.js';
import { RET_CODES } from '../../products/saf/session.js';
import type { Verification } from '../../verification/verification.js';

const message = (retCode: number, retCodeSub: string, text: string): string =>
  JSON.stringify({ retCode, retCodeSub, retMessageSub: `${text}(${retCodeSub})` });

/** For an id nobody has, a session that ended by itself, and a failure without a code of its own. */
export const SYSTEM_ERROR = message(RET_CODES.fail, 'Z1141', '抱歉，系统出错了，请您稍后再试');

/** @returns undefined for a session that is open */
export function messageOf({ status, reason }: Pick<Verification, 'status' | 'reason'>): string | undefined {
  if (status === 'open') return undefined;
  if (status === 'passed') return message(RET_CODES.pass, 'Z1140', '刷脸通过');
  if (status === 'quit') return message(RET_CODES.quit, 'Z1415', '用户主动退出');
  const row = Object.entries(queryErrors).find(([code]) => code === reason)?.[1];
  return row && 'resultMsgSub' in row && row.resultCodeSub && row.resultMsgSub
    ? JSON.stringify({ retCode: RET_CODES.fail, retCodeSub: row.resultCodeSub, retMessageSub: row.resultMsgSub })
    : SYSTEM_ERROR;
}
