/**
 * SAF answers failures with HTTP 200 and a numeric Code in the body. Document 003 has two modes and says so: “暂时按照
 * 统一封装code返回 … 如客户选择该环节详细返回码透出”. Rows are keyed by resultCodeSub, else B110/R110, else Code.
 */
import type { Envelope } from '../../gateway/envelope.js';
import type { ApiError, ErrorRow } from '../../gateway/errors.js';

/** `{Data, Message, Code, RequestId}`, Data an object. */
export const objectData: Envelope = { code: 200, message: 'OK', result: 'Data', omitEmpty: true };
/** Data the text of one. */
export const textData: Envelope = { ...objectData, asText: true };

export interface SafRow extends ErrorRow {
  /** `Code` in the body. */
  readonly code: number;
  readonly resultCode?: string;
  readonly resultCodeSub?: string;
  readonly resultMsgSub?: string;
  /** What it is in the unified mode, where its number does not say it. */
  readonly unified?: Pick<SafRow, 'code' | 'message'>;
  /** `Data` some failures carry. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export const row = (code: number, message: string, when: string): SafRow => ({ status: 200, code, message, when });

/** A row of the detailed tables: `<prefix>，<resultCode>：<resultMsgSub>（<resultCodeSub>）`, ASCII parentheses inside, full-width outside. */
export const detail = (
  prefix: string,
  resultCode: string,
  resultCodeSub: string,
  msg: string,
  when: string,
): SafRow => {
  const resultMsgSub = `${msg}(${resultCodeSub})`;
  return {
    ...row(500, `${prefix}，${resultCode}：${resultMsgSub}（${resultCodeSub}）`, when),
    resultCode,
    resultCodeSub,
    resultMsgSub,
  };
};

export const isSafRow = (errorRow: ErrorRow): errorRow is SafRow => 'code' in errorRow;

/** These mean the same in both modes. */
const SHARED = [300, 402, 403, 404];
const INTERNAL = '服务器内部错误';

/** What the unified mode makes of a detailed failure. */
export function unify(
  error: ApiError,
  { code, message, resultCode, resultMsgSub, unified }: SafRow,
): { code: number; message: string } {
  if (error.values.field) return { code: 400, message: `${error.values.field}不能为空` };
  if (unified) return unified;
  if (resultCode === 'NOT_SAME_PERSON') return { code: 400, message: resultMsgSub ?? message };
  if (code === 510 || code === 520) return { code: 400, message };
  if (code === 400 || SHARED.includes(code)) return { code, message };
  return { code: 500, message: INTERNAL };
}
