/**
 * The codes of the information checks, which answer in the body with HTTP 200 (page “error-code-info-check”, texts
 * verbatim).
 */
import type { ErrorRow } from '../../../gateway/errors.js';

export const row = (message: string, when: string): ErrorRow => ({ status: 200, message, when });

export const checkErrors = {
  '400': row('参数不能为空', 'a required parameter is absent or empty'),
  '401': row('参数非法', 'a parameter violates its form'),
  '402': row('权威源服务异常', 'the authority that is asked does not answer'),
  '403': row('异常重复调用', 'the same call is repeated too often'),
  '410': row('未开通服务', 'the service is not activated for the account'),
  '411': row('RAM无权限', 'the RAM user lacks AliyunYundunCloudAuthFullAccess'),
  '412': row('欠费中', 'the account is in arrears'),
  '500': row('系统错误', 'the service fails'),
} as const;
