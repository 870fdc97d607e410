/** The return codes of document 001, verbatim. 500 is the operation's own. */
import { row, type SafRow } from '../codes.js';

export const commonErrors = {
  '400': row(400, '参数ServiceParameters不合法', 'ServiceParameters is no JSON object'),
  '402': row(402, '日QPS超过已购规格，限流', 'the daily quota is used up'),
  '403': row(403, '权限不足，服务未开通或已到期', 'the service is not activated, has expired or is in arrears'),
  '404': row(404, '参数Service不合法', 'Service names no service'),
} as const;

/** The failure sample of document 001: Message `system error`, and what went wrong inside Data. */
const failed = (retCode: string, retMessage: string, when: string): SafRow => ({
  ...row(500, 'system error', when),
  data: { passed: 'false', retCode, retCodeSub: 'Z1141', retMessage },
});

export const intlErrors = {
  '400': row(400, 'refFaceContent or authFaceContent or resourceCode is null', 'a parameter is missing'),
  '500': failed('SYSTEM_ERROR', 'resourceCode值不合法', 'resourceCode is no 8-digit code'),
  UNABLE_GET_IMAGE: {
    ...failed('UNABLE_GET_IMAGE', '比对源不可用', 'there is no picture to compare with'),
    confidence: 'inferred',
  },
  PROCESSING: { ...failed('PROCESSING', '图片无法解析，请重试', 'a picture cannot be read'), confidence: 'inferred' },
} as const satisfies Record<string, SafRow>;
