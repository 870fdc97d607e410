/**
 * The codes of the information checks, which answer in the body with HTTP 200 (page “error-code-info-check”, texts
 * verbatim).
 */
import type { ErrorRow } from '../../../gateway/errors.js';

const row = (message: string, when: string): ErrorRow => ({ status: 200, message, when });

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

export const phoneErrors = {
  ...checkErrors,
  '405': row('手机号不可查询', 'the phone number cannot be asked about'),
} as const;

export const pictureErrors = {
  ...checkErrors,
  '405': row('图片格式不正确', 'the format of the picture is not supported'),
  '406': row('检测不到人脸', 'there is no face in the picture'),
  '419': row('数据重复', 'more than one picture is given'),
  '420': row('传入图片不可用', 'the picture cannot be used'),
  '421': row('传入图片过大', 'the picture is too large'),
  '440': row('OCR识别失败', 'the card cannot be read'),
} as const;
